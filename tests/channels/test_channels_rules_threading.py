"""Which conversation a mail belongs to: subjects, signed ids, references, and mails sent again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.channels.rules import (
    ANSWER_CAPS,
    AutomaticCapReached,
    bare_subject,
    check_automatic_cap,
    content_identity,
    conversation_in_message_id,
    conversation_in_subject,
    limit_references,
    may_write_automatically,
    outgoing_message_id,
    parse_mail,
    reply_subject,
    subject_token,
    thread_ids,
)

NOW = datetime(2025, 5, 5, 10, tzinfo=UTC)
SECRET = b"a secret of the house"


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("退款", "退款"),
        ("Re: 退款", "退款"),
        ("RE：退款", "退款"),
        ("回复：Re[2]: 答复: 退款", "退款"),
        ("回复:回复：退款", "退款"),
        ("Fwd: FW: AW: WG: 转发：自动回复: 退款", "退款"),
        ("Re(3): re^2: 退款", "退款"),
        ("答复 ： 退款", "退款"),
        ("Regarding: 退款", "Regarding: 退款"),
        ("退款 Re: 退款", "退款 Re: 退款"),
        ("Re:", ""),
    ],
)
def test_prefixes_are_stripped_as_a_chain(subject: str, bare: str) -> None:
    """RULINGS, mail: half- or full-width colon, with or without space."""
    assert bare_subject(subject) == bare


def test_an_answer_carries_one_prefix_in_the_customers_language() -> None:
    assert reply_subject("Re: 回复：退款", "zh-hans") == "回复：退款"
    assert reply_subject("答复: Re: Refund", "en") == "Re: Refund"


@given(st.integers(1, 2**63 - 1), st.integers(1, 2**63 - 1))
def test_our_ids_name_their_conversation(conversation: int, message: int) -> None:
    """S0-11: an answer finds its conversation."""
    written = outgoing_message_id(conversation, message, SECRET, "crm.example.com")
    assert conversation_in_message_id(written, SECRET) == conversation
    assert conversation_in_message_id(written.upper(), SECRET) == conversation
    assert conversation_in_message_id(written, b"another secret") is None


def test_forged_and_foreign_ids_name_nothing() -> None:
    written = outgoing_message_id(12, 3, SECRET, "crm.example.com")
    assert conversation_in_message_id(written.replace("hk.12.", "hk.13."), SECRET) is None
    assert conversation_in_message_id(written.replace(".3.", ".4."), SECRET) is None
    for foreign in ("", "<a@b>", "<hk.1.2.@x>", "<hk.１.2.00000000000000000000@x>", "<hk.1.2." + "0" * 20 + "@x>"):
        assert conversation_in_message_id(foreign, SECRET) is None
    with pytest.raises(ValueError, match="empty secret"):
        outgoing_message_id(1, 1, b"", "x")


def test_a_subject_token_is_found_anywhere_in_a_subject() -> None:
    assert conversation_in_subject(f"回复：{subject_token(123)} 退款") == 123
    assert conversation_in_subject("Re: [hk-7]") == 7
    for without in ("HK-123", "[HK-0]", "[HK-]", "[HK-12a]", "[XHK-1]", ""):
        assert conversation_in_subject(without) is None


def test_thread_ids_come_newest_first() -> None:
    mail = parse_mail(b"In-Reply-To: <c@x>\nReferences: <a@x> <b@x> <c@x>\n\nhello")
    assert thread_ids(mail) == ("<c@x>", "<b@x>", "<a@x>")


def test_references_keep_their_beginning_and_their_newest() -> None:
    ids = [f"<{number:04}@example.com>" for number in range(1000)]
    kept = limit_references(ids, 500)
    assert kept[0] == ids[0]
    assert kept[1:] == tuple(ids[-len(kept) + 1 :])
    assert len("\r\n ".join(kept)) <= 500
    assert limit_references(ids[:3], 500) == tuple(ids[:3])
    assert limit_references([], 500) == ()


MAIL = (
    "Received: from a by b\r\nFrom: Wang <wang@example.com>\r\nTo: s@example.com\r\nSubject: hi\r\n"
    "Message-ID: <1@x>\r\nDate: Mon, 5 May 2025 10:00:00 +0800\r\n\r\nhello\r\n"
)


def test_a_mail_sent_again_is_the_same_mail() -> None:
    """The same mail twice (issue 2, bad input)."""
    again = "Received: from c by d\r\n" + MAIL.replace("\r\n", "\n") + "\n"
    assert content_identity(again.encode()) == content_identity(parse_mail(MAIL.encode()))


@pytest.mark.parametrize(
    ("old", "new"),
    [("hello", "hello!"), ("<1@x>", "<2@x>"), ("hi", "ho"), ("wang@", "li@"), ("10:00", "10:01"), ("To: s@", "To: t@")],
)
def test_any_other_content_is_another_mail(old: str, new: str) -> None:
    assert content_identity(MAIL.replace(old, new).encode()) != content_identity(MAIL.encode())


def minutes_ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in minutes]


def test_a_cap_refuses_one_too_many() -> None:
    """HELPDESK 2.3: at most ten automatic answers within three hours."""
    check_automatic_cap(minutes_ago(*range(9)), NOW, ANSWER_CAPS)
    with pytest.raises(AutomaticCapReached) as refusal:
        check_automatic_cap(minutes_ago(*range(10)), NOW, ANSWER_CAPS)
    assert refusal.value.cap == ANSWER_CAPS[0]
    check_automatic_cap(minutes_ago(*range(180, 200)), NOW, ANSWER_CAPS)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("wang@example.com", True),
        ("no-reply@example.com", False),
        ("noreply+7@example.com", False),
        ("MAILER-DAEMON@example.com", False),
        ("abuse@example.com", False),
        ("Service@Example.com", False),
        ("", False),
        ("wang", False),
    ],
)
def test_machines_write_to_people_only(address: str, may: bool) -> None:
    assert may_write_automatically(address, ["service@example.com"]) is may
