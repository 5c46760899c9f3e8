"""Replies, notes and calls: state, fact, job and minutes; on a refusal nothing changed."""

from __future__ import annotations

import uuid

import pytest

from haoke.channels.models import OutboundMail
from haoke.conversations import errors, services
from haoke.conversations.models import Message
from haoke.conversations.services import Upload
from haoke.core.errors import Forbidden, NotFound
from haoke.files.errors import FileTooLarge
from haoke.ledger.models import Line
from haoke.ledger.queries import minutes_of
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


def reply_mails() -> list[OutboundMail]:
    return list(OutboundMail.objects.filter(purpose="reply"))


def test_a_reply_is_queued_as_an_answer_to_what_was_asked(conversation, agent) -> None:
    """S1-04: it has a reply path, names what it answers, and brings the answer home by its subject."""
    message = services.reply(conversation_id=conversation.pk, text="明天送到。", minutes=7, by=agent)
    [mail] = reply_mails()
    assert mail.recipients == ["chen@customer.example"]
    assert mail.in_reply_to == "<letter1@customer.example>"
    assert mail.subject == f"回复：订单查询 [HK-{conversation.pk}]"
    assert "> 请问我的订单什么时候到?" in mail.text
    assert (mail.is_automatic, mail.state) == (False, "queued")
    conversation.refresh_from_db()
    assert (conversation.state, conversation.assignee_id) == ("open", agent.id)
    assert Line.objects.get().minutes == 7
    assert minutes_of("message", message.pk) == 7


def test_a_reply_becomes_a_touch_only_when_it_left(conversation, agent) -> None:
    """S0-02: the touch stands on the timeline once, with its author, and not before it happened."""
    message = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    assert not Entry.objects.filter(kind="message.sent").exists()
    services.note_delivery(outbound_id=message.outbound_id, outcome="sent")
    touch = Entry.objects.get(kind="message.sent")
    assert (touch.channel, touch.direction, touch.actor_name) == ("mail", "out", agent.name)
    assert touch.customer_id == conversation.customer_id


def test_the_acknowledgement_is_no_touch(conversation) -> None:
    """RULINGS, Customers: what the house sends by itself never counts as attention."""
    mail = OutboundMail.objects.get(purpose="acknowledgement")
    services.note_delivery(outbound_id=mail.pk, outcome="sent")
    fact = Entry.objects.get(kind="automatic_mail.sent")
    assert (fact.channel, fact.direction) == ("", "")


def test_a_mail_that_did_not_arrive_is_somebodys_task(conversation, agent) -> None:
    from haoke.worklist import queries as worklist

    message = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    services.note_delivery(outbound_id=message.outbound_id, outcome="refused")
    [todo] = worklist.open_items(agent)
    assert todo.url.endswith(f"/inbox/{conversation.pk}")
    services.note_delivery(outbound_id=message.outbound_id, outcome="sent")
    assert worklist.open_items(agent) == []


def test_the_same_form_sent_twice_writes_one_message(conversation, agent) -> None:
    submission = uuid.uuid4()
    first = services.reply(conversation_id=conversation.pk, text="好的", submission=submission, by=agent)
    second = services.reply(conversation_id=conversation.pk, text="好的", submission=submission, by=agent)
    assert first.pk == second.pk
    assert len(reply_mails()) == 1


@pytest.mark.parametrize(
    ("write", "more"), [(services.reply, {}), (services.write_note, {}), (services.log_call, {"direction": "in"})]
)
def test_a_form_sent_again_with_other_words_is_refused_rather_than_lost(conversation, agent, write, more) -> None:
    """The browser's way back shows a form that was sent already; what is typed into it must not vanish in silence."""
    form = {"conversation_id": conversation.pk, "submission": uuid.uuid4(), "by": agent}
    services.reply(**form, text="好的")
    with pytest.raises(errors.SentBefore):
        write(**form, **more, text="还有一点")
    with pytest.raises(errors.SentBefore):
        services.write_note(**form, text="好的")
    assert len(reply_mails()) == 1


def test_a_note_never_leaves_the_house(conversation, agent) -> None:
    note = services.write_note(conversation_id=conversation.pk, text="客户很着急", minutes=2, by=agent)
    assert (note.kind, note.direction, note.outbound_id) == ("note", "", None)
    assert reply_mails() == []
    fact = Entry.objects.get(kind="note.written")
    assert (fact.channel, "客户很着急" in str(fact.payload)) == ("", False)


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_logged_call_is_a_touch_of_its_own_direction(conversation, agent, direction) -> None:
    """S0-43: calls are loggable."""
    services.log_call(conversation_id=conversation.pk, text="已说明", direction=direction, minutes=9, by=agent)
    touch = Entry.objects.get(kind="call.logged")
    assert (touch.channel, touch.direction) == ("call", direction)
    assert Line.objects.get().minutes == 9


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_reply_is_refused(conversation, agent, text) -> None:
    with pytest.raises(errors.NothingWritten):
        services.reply(conversation_id=conversation.pk, text=text, by=agent)
    assert reply_mails() == []


def test_a_closed_conversation_is_not_answered(conversation, agent) -> None:
    services.close_conversation(conversation_id=conversation.pk, by=agent)
    with pytest.raises(errors.ConversationIsClosed):
        services.reply(conversation_id=conversation.pk, text="还有", by=agent)


def test_another_team_reads_but_does_not_answer(conversation, other_agent) -> None:
    """RULINGS, Who sees what: others by search, read only."""
    with pytest.raises(errors.ReadOnly):
        services.reply(conversation_id=conversation.pk, text="我来", by=other_agent)


def test_who_may_not_see_it_does_not_find_it(conversation, account_manager) -> None:
    with pytest.raises(NotFound):
        services.reply(conversation_id=conversation.pk, text="我来", by=account_manager)


def test_who_does_not_serve_may_not_answer(conversation, quality_manager) -> None:
    with pytest.raises(Forbidden):
        services.write_note(conversation_id=conversation.pk, text="看看", by=quality_manager)
    assert not Message.objects.filter(kind="note").exists()


def test_attachments_go_along_up_to_the_limit(conversation, agent) -> None:
    services.reply(conversation_id=conversation.pk, text="见附件", uploads=[Upload("报价.txt", b"1")], by=agent)
    assert len(reply_mails()[0].file_ids) == 1
    with pytest.raises(FileTooLarge):
        services.reply(
            conversation_id=conversation.pk, text="见附件", uploads=[Upload("big.bin", b"0" * 25_000_001)], by=agent
        )
    assert len(reply_mails()) == 1


def test_writing_first_begins_a_conversation_on_the_archive(conversation, agent, channel) -> None:
    begun = services.start_conversation(
        customer_id=conversation.customer_id, subject="保养提醒", text="您的空调该保养了。", by=agent
    )
    assert (begun.customer_id, begun.assignee_id) == (conversation.customer_id, agent.id)
    [mail] = reply_mails()
    assert (mail.recipients, mail.in_reply_to) == (["chen@customer.example"], "")
    assert mail.subject == f"保养提醒 [HK-{begun.pk}]"


def test_trying_again_never_doubles_the_touch(conversation, agent) -> None:
    """A mail may come back and be sent once more; the customer was written to once."""
    message = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    for outcome in ("sent", "bounced", "sent"):
        services.note_delivery(outbound_id=message.outbound_id, outcome=outcome)
    assert Entry.objects.filter(kind="message.sent").count() == 1


def test_minutes_can_be_corrected_by_whoever_answers(conversation, agent, other_agent) -> None:
    """S2-41: suggested, editable, and every correction stays readable."""
    message = services.reply(conversation_id=conversation.pk, text="明天送到。", minutes=5, by=agent)
    services.correct_minutes(message_id=message.pk, minutes=12, by=agent)
    services.correct_minutes(message_id=message.pk, minutes=0, by=agent)
    services.correct_minutes(message_id=message.pk, minutes=3, by=agent)
    assert minutes_of("message", message.pk) == 3
    assert [
        (fact.payload["old"], fact.payload["new"])
        for fact in Entry.objects.filter(kind="minutes.corrected").order_by("pk")
    ] == [(5, 12), (12, 0), (0, 3)]
    with pytest.raises(errors.ReadOnly):
        services.correct_minutes(message_id=message.pk, minutes=1, by=other_agent)
    with pytest.raises(NotFound):
        services.correct_minutes(message_id=conversation.messages.earliest("pk").pk, minutes=1, by=agent)


def test_a_mail_under_a_subject_of_its_own_answers_nobody(conversation, agent, system) -> None:
    services.send_automatic(
        conversation_id=conversation.pk, subject="您满意吗?", text="请评分", purpose="survey", by=system
    )
    assert OutboundMail.objects.get(purpose="survey").subject == f"您满意吗? [HK-{conversation.pk}]"
