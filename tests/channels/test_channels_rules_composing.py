"""What we write is what is read, and no value of a stranger reaches a header line of its own."""

from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haoke.channels.rules import Address, Attachment, UnsendableValue, automatic_reason, compose, parse_mail

SERVICE = Address("和悦, 客服", "service@crm.example.com")
WANG = Address('王 "小" 伟', "wang@example.com")
SENT = datetime(2025, 5, 5, 2, tzinfo=UTC)


def written(**changes: object) -> bytes:
    values: dict[str, object] = {
        "message_id": "<hk.1.2.abc@crm.example.com>",
        "sender": SERVICE,
        "to": [WANG],
        "subject": "回复：退款",
        "text": "您好",
        "sent_at": SENT,
        "is_automatic": False,
    }
    return compose(**(values | changes))  # type: ignore[arg-type]


plain = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=120)
names = plain.map(lambda text: " ".join(text.replace('"', "").replace("'", "").split()))
bodies = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\u2028\ufeff"), max_size=400)


@given(
    subject=plain,
    name=names,
    text=bodies,
    content=st.binary(max_size=300),
    file=st.sampled_from(["合同 v1.pdf", "a.pdf", "很长" * 60 + ".pdf"]),
)
@settings(max_examples=150, deadline=None)
def test_what_is_composed_is_what_is_parsed(subject: str, name: str, text: str, content: bytes, file: str) -> None:
    """S0-11: replies leave as they were written."""
    raw = written(
        subject=subject,
        text=text,
        to=[Address(name, "wang@example.com")],
        attachments=[Attachment(file, "application/pdf", content)],
    )
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    mail = parse_mail(raw)
    assert mail.subject == subject.strip()
    assert mail.to == (Address(name, "wang@example.com"),)
    assert mail.text.rstrip() == text.rstrip()
    assert [attachment.content for attachment in mail.attachments] == ([content] if content or file else [])
    assert mail.sent_at == SENT
    assert mail.defects == () or set(mail.defects) == {"body_missing"}


def test_every_part_arrives_in_its_place() -> None:
    logo = Attachment("logo.png", "image/png", b"PNG", "logo@x", is_inline=True)
    file = Attachment("合同.pdf", "application/pdf", b"PDF")
    forwarded = Attachment("原邮件.eml", "message/rfc822", b"Subject: x\r\n\r\ny")
    mail = parse_mail(
        written(
            html='<p>您好<img src="cid:logo@x">',
            attachments=[logo, file, forwarded],
            cc=[Address("", "li@example.com")],
            reply_to=SERVICE,
        )
    )
    assert (mail.sender, mail.to, mail.reply_to) == (SERVICE, (WANG,), SERVICE)
    assert mail.cc == (Address("", "li@example.com"),)
    assert mail.html == '<p>您好<img src="cid:logo@x">'
    assert mail.attachments[:2] == (logo, file)
    assert (mail.attachments[2].name, mail.attachments[2].content) == ("原邮件.eml", forwarded.content)


def test_the_standard_library_reads_it_the_same_way() -> None:
    message = BytesParser(policy=policy.default).parsebytes(
        written(html="<p>您好", references=["<a@x>", "<b@x>"], in_reply_to="<b@x>")
    )
    assert message["subject"] == "回复：退款"
    assert message["from"].addresses[0].display_name == SERVICE.name
    assert message["to"].addresses[0].addr_spec == "wang@example.com"
    assert message.get_body(("plain",)).get_content() == "您好"
    assert message["references"].split() == ["<a@x>", "<b@x>"]
    assert not message.defects


def test_machines_say_that_they_are_machines() -> None:
    """HELPDESK 2.3: own automatic mail carries its marks; a person's answer does not."""
    mail = parse_mail(written(is_automatic=True))
    assert mail.headers.first("auto-submitted") == "auto-generated"
    assert mail.headers.first("x-auto-response-suppress") == "All"
    assert mail.headers.first("precedence") == "bulk"
    assert automatic_reason(mail, frozenset()) == "auto_submitted"
    assert automatic_reason(parse_mail(written()), frozenset()) is None


BREAKS = [
    "x\r\nBcc: evil@example.com",
    "x\nBcc: evil@example.com",
    "x\rBcc: e",
    "x\u2028Bcc: e",
    "x\x00\r\n\r\nbody",
    "=?utf-8?Q?x=0D=0ABcc:_e?=",
    "x\x85Bcc: e",
]


@pytest.mark.parametrize("hostile", BREAKS)
def test_no_value_begins_a_line_of_its_own(hostile: str) -> None:
    raw = written(
        subject=hostile,
        to=[Address(hostile, "wang@example.com")],
        headers={"X-Note": hostile},
        attachments=[Attachment(hostile, "text/x", b"", hostile)],
    )
    head = raw.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert names == [b"Content-Type", b"MIME-Version", b"From", b"To", b"Subject", b"Date", b"Message-ID", b"X-Note"]


@pytest.mark.parametrize(
    "changes",
    [
        {"to": [Address("", "wang@example.com\r\nBcc: x@y.z")]},
        {"to": [Address("", "no address")]},
        {"to": [Address("", "王@example.com")]},
        {"to": [Address("", "a@b@c, d@e.f")]},
        {"sender": Address("x", "")},
        {"message_id": "<a@b>\r\nX: y"},
        {"in_reply_to": "a b"},
        {"references": ["<a@b>", "<c d>"]},
        {"headers": {"X-Bad\r\nBcc": "x"}},
        {"headers": {"Bcc": "evil@example.com"}},
    ],
)
def test_what_no_mail_may_carry_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UnsendableValue):
        written(**changes)


def test_a_chinese_domain_is_written_in_ascii() -> None:
    assert b"<wang@xn--fiqs8s>" in written(to=[Address("王", "wang@中国")])


def test_equal_input_gives_equal_bytes() -> None:
    assert written(html="<p>x") == written(html="<p>x")
