"""Conversations over the API: list, read, begin, answer, note, log, close."""

from __future__ import annotations

import pytest

from haoke.api.api import api
from haoke.channels.models import OutboundMail
from haoke.conversations import api as room
from haoke.conversations import services
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries import inbox
from haoke.timeline.models import Entry
from tests.api.conftest import check_problem


def test_a_conversation_and_its_messages_are_read(program, conversation, customer) -> None:
    (row,) = program.get("/conversations").json()["items"]
    assert (row["id"], row["subject"], row["customer_number"]) == (conversation.pk, "保养预约", customer.number)

    read = program.get(f"/conversations/{conversation.pk}").json()
    assert (read["reference"], read["state"], read["customer_id"]) == (f"HK-{conversation.pk}", "open", customer.pk)

    (message,) = program.get(f"/conversations/{conversation.pk}/messages").json()["items"]
    assert (message["kind"], message["direction"], message["mail_state"]) == ("mail", "out", "queued")


def test_a_conversation_is_begun(program, channel, customer) -> None:
    body = {"customer_id": customer.pk, "subject": "回访", "text": "您好!"}

    begun = program.post("/conversations", body)

    assert begun.status_code == 201
    mail = OutboundMail.objects.get(conversation_id=begun.json()["id"])
    assert mail.recipients == ["wang@customer.example"]


def test_an_answer_goes_to_whom_the_program_names(program, conversation) -> None:
    addresses = {"recipients": ["a@customer.example"], "cc": ["b@customer.example"], "bcc": ["c@haoke.example"]}
    body = {"text": "已安排。", "minutes": 5, **addresses}

    written = program.post(f"/conversations/{conversation.pk}/messages", body)

    assert written.status_code == 201
    mail = OutboundMail.objects.latest("pk")
    assert {"recipients": mail.recipients, "cc": mail.cc, "bcc": mail.bcc} == addresses
    # Nobody stands behind a program who would take it back.
    assert mail.leaves_at is None
    assert Entry.objects.get(kind="reply.written", actor_kind="token").subject_id == conversation.pk


@pytest.mark.parametrize(
    ("body", "fact", "direction"),
    [
        ({"kind": "note", "text": "老客户"}, "note.written", ""),
        ({"kind": "call", "text": "来电确认", "direction": "in", "minutes": 3}, "call.logged", "in"),
    ],
)
def test_notes_and_calls_stay_in_the_house(program, conversation, body, fact, direction) -> None:
    mails = OutboundMail.objects.count()

    written = program.post(f"/conversations/{conversation.pk}/messages", body).json()

    assert (written["kind"], written["direction"], written["mail_state"]) == (body["kind"], direction, None)
    assert Entry.objects.filter(kind=fact).count() == 1
    assert OutboundMail.objects.count() == mails


def test_the_same_key_twice_writes_once(program, program_of, conversation) -> None:
    """A program that lost our answer asks again with the same key, and the customer gets one mail."""
    path, body = f"/conversations/{conversation.pk}/messages", {"text": "已安排。"}
    before = Message.objects.count()

    first = program.post(path, body, Idempotency_Key="order-7")
    again = program.post(path, body, Idempotency_Key="order-7")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Message.objects.count() == before + 1
    other = {"text": "另一封。"}
    check_problem(program.post(path, other, Idempotency_Key="order-7"), 409, "key_reused", field="Idempotency-Key")
    assert program_of("agent").post(path, other, Idempotency_Key="order-7").status_code == 201
    assert Message.objects.count() == before + 2


def test_a_key_of_one_conversation_says_nothing_about_another(program, conversation, customer, channel, agent) -> None:
    second = services.start_conversation(customer_id=customer.pk, subject="二", text="二", by=agent)
    for each in (conversation, second):
        written = program.post(f"/conversations/{each.pk}/messages", {"text": "好的"}, Idempotency_Key="k").json()
        assert Message.objects.get(pk=written["id"]).conversation_id == each.pk


def test_a_conversation_begun_twice_with_one_key_is_one(program, channel, customer) -> None:
    body = {"customer_id": customer.pk, "subject": "回访", "text": "您好!"}

    made = {program.post("/conversations", body, Idempotency_Key="visit-1").json()["id"] for _ in range(2)}

    other = body | {"text": "再见!"}
    check_problem(
        program.post("/conversations", other, Idempotency_Key="visit-1"), 409, "key_reused", field="Idempotency-Key"
    )
    assert {each.pk for each in Conversation.objects.all()} == made


def test_closing_asks_for_the_version_one_read(program, conversation) -> None:
    path = f"/conversations/{conversation.pk}"
    read = program.get(path).json()["version"]
    program.post(f"{path}/messages", {"text": "补充一点。"})

    check_problem(program.post(f"{path}/closure", {"version": read}), 409, "version_conflict")
    closed = program.post(f"{path}/closure", {"version": program.get(path).json()["version"], "reason": "办好了"})

    assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    check_problem(program.post(f"{path}/messages", {"text": "还有"}), 409, "conversation_is_closed")
    check_problem(program.post(f"{path}/closure", {}), 409, "transition_refused")


@pytest.mark.parametrize(("role", "status"), [("field_engineer", 404), ("administrator", 404), ("surveyor", 403)])
def test_a_role_without_reach_finds_nothing(program_of, conversation, role, status) -> None:
    program, code = program_of(role), "not_found" if status == 404 else "forbidden"

    check_problem(program.get(f"/conversations/{conversation.pk}"), status, code)
    check_problem(program.get(f"/conversations/{conversation.pk}/messages"), status, code)


@pytest.mark.parametrize("role", ["quality_manager", "field_engineer", "administrator", "surveyor"])
def test_roles_that_only_read_write_nothing(program_of, conversation, customer, role) -> None:
    program, before = program_of(role), Message.objects.count()
    path = f"/conversations/{conversation.pk}"

    check_problem(program.post(f"{path}/messages", {"text": "x"}), 403, "forbidden")
    check_problem(program.post(f"{path}/closure", {}), 403, "forbidden")
    first = {"customer_id": customer.pk, "subject": "x", "text": "x"}
    check_problem(program.post("/conversations", first), 403, "forbidden")
    assert Message.objects.count() == before


def test_what_is_not_there_is_not_found(program, channel) -> None:
    for path in ("/conversations/1", "/conversations/1/messages"):
        check_problem(program.get(path), 404, "not_found")
    check_problem(program.post("/conversations/1/messages", {"text": "x"}), 404, "not_found")
    check_problem(program.post("/conversations/1/closure", {}), 404, "not_found")
    nobody = {"customer_id": 2**61, "subject": "x", "text": "x"}
    check_problem(program.post("/conversations", nobody), 404, "not_found")


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**40, "x", "1.5"])
def test_a_number_no_conversation_can_have_is_refused(program, number) -> None:
    check_problem(program.get(f"/conversations/{number}"), 422, "invalid", field="conversation_id")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "text", "invalid"),
        ({"text": "   "}, "text", "nothing_written"),
        ({"text": "NUL \0"}, "text", "invalid"),
        ({"text": "x" * 200_001}, "text", "invalid"),
        ({"text": "x", "kind": "poem"}, "kind", "invalid"),
        ({"text": "x", "recipients": ["nobody"]}, "recipients.0", "invalid"),
        ({"text": "x", "recipients": ["a@b.example\r\nBcc: c@d.example"]}, "recipients.0", "invalid"),
        ({"text": "x", "recipients": ["a@b.example"] * 51}, "recipients", "invalid"),
        ({"text": "x", "minutes": -1}, "minutes", "invalid"),
        ({"text": "x", "minutes": 1441}, "minutes", "invalid"),
        ({"text": "x", "kind": "call", "direction": "up"}, "direction", "invalid"),
        ({"text": "x", "colour": "red"}, "colour", "invalid"),
    ],
)
def test_a_wrong_message_is_refused_by_the_field(program, conversation, body, field, code) -> None:
    before = Message.objects.count()

    check_problem(program.post(f"/conversations/{conversation.pk}/messages", body), 422, code, field=field)
    assert Message.objects.count() == before


def test_without_a_mailbox_nothing_can_be_sent(program, customer) -> None:
    body = {"customer_id": customer.pk, "subject": "x", "text": "x"}
    check_problem(program.post("/conversations", body), 422, "no_channel", field="channel")


def test_the_list_goes_on_to_its_end_and_shows_everything_once(program, conversation, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    for each in range(6):
        program.post("/conversations", {"customer_id": conversation.customer_id, "subject": f"{each}", "text": "x"})

    found, after = [], ""
    while after is not None:
        page = program.get("/conversations", after=after).json()
        found += [row["id"] for row in page["items"]]
        after = page["after"]

    assert found == sorted(Conversation.objects.values_list("pk", flat=True), reverse=True)


def test_the_list_is_narrowed_by_state(program, conversation) -> None:
    def listed(state: str) -> int:
        return len(program.get("/conversations", state=state).json()["items"])

    assert (listed("open"), listed("closed"), listed("any")) == (1, 0, 1)
    program.post(f"/conversations/{conversation.pk}/closure", {})
    assert (listed("unfinished"), listed("closed"), listed("any")) == (0, 1, 1)
    check_problem(program.get("/conversations", state="lost"), 422, "invalid", field="state")


@pytest.mark.parametrize("after", ["x", "1_x", "nan_1", "1e300_1", f"1_{'9' * 40}", "\0"])
def test_a_place_nobody_handed_out_is_refused_rather_than_begun_again(program, conversation, after) -> None:
    check_problem(program.get("/conversations", after=after), 422, "invalid", field="after")


def test_messages_go_on_from_the_last_one_read(program, conversation, monkeypatch) -> None:
    monkeypatch.setattr(room, "MESSAGES_A_PAGE", 2)
    path = f"/conversations/{conversation.pk}/messages"
    for each in range(4):
        program.post(path, {"kind": "note", "text": f"{each}"})

    texts, after, has_more = [], 0, True
    while has_more:
        page = program.get(path, after=after).json()
        texts += [message["text"] for message in page["items"]]
        after, has_more = page["after"], page["has_more"]

    assert texts[1:] == ["0", "1", "2", "3"]
    assert program.get(path, after=after).json() == {"items": [], "after": after, "has_more": False}


def test_every_operation_has_its_own_name() -> None:
    names = [each["operationId"] for path in api.get_openapi_schema()["paths"].values() for each in path.values()]
    assert len(names) == len(set(names)) >= 10
