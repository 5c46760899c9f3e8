"""Splitting: messages become a conversation of their own, and what is answered to them follows."""

from __future__ import annotations

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Conversation, Message, MessageWords, Participant, Split
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

COLLEAGUE = "colleague@customer.example"


@pytest.fixture
def thread(arrive, letter, agent) -> list[Message]:
    """A question, our answer, and a second question about something else, to a colleague in copy."""
    asked = arrive(letter("订单什么时候到?"))
    answered = services.reply(conversation_id=asked.conversation_id, text="明天。", by=agent)
    services.set_urgency(conversation_id=asked.conversation_id, urgency="high", by=agent)
    other = arrive(letter("另外,发票开错了。", In_Reply_To=answered.header_id, Cc=COLLEAGUE))
    return [asked, answered, other]


def split(messages: list[Message], by, subject: str = "发票") -> Conversation:
    return services.split_conversation(
        conversation_id=messages[0].conversation_id,
        message_ids=[each.pk for each in messages],
        subject=subject,
        by=by,
    )


def test_the_new_conversation_has_the_messages_and_the_same_people(thread, agent) -> None:
    asked, answered, other = thread
    source = asked.conversation

    new = split([other], agent)

    source.refresh_from_db()
    new.refresh_from_db()
    assert (new.subject, new.customer_id, new.channel_id, new.team_id) == (
        "发票",
        source.customer_id,
        source.channel_id,
        source.team_id,
    )
    assert (new.urgency, new.category_id, new.sender_address) == ("high", source.category_id, other.sender)
    assert [each.message.pk for each in queries.messages_of(new.pk)] == [other.pk]
    assert {asked.pk, answered.pk} <= {each.message.pk for each in queries.messages_of(source.pk)}
    assert (new.preview, source.preview) == ("另外,发票开错了。", "订单什么时候到?")
    assert new.last_message_at == other.at
    row = Split.objects.get()
    assert (row.conversation_id, row.source_id, row.message_ids, row.by_id) == (new.pk, source.pk, [other.pk], agent.id)
    told = Entry.objects.filter(kind="conversation.split").values_list("subject_id", flat=True)
    assert set(told) == {source.pk, new.pk}
    assert not MessageWords.objects.filter(message=other).exclude(conversation=new).exists()


def test_an_answer_to_our_moved_mail_goes_where_it_stands_now(thread, agent, arrive, letter) -> None:
    """S1-04: the signature in our mail still names the conversation it was written in."""
    _asked, answered, _other = thread
    new = split([answered], agent, subject="送货")
    assert new.state == "open"
    assert arrive(letter("好的", In_Reply_To=answered.header_id)).conversation_id == new.pk
    # Also from an address nobody knew, as before: the signature proves it.
    assert arrive(letter("我也", In_Reply_To=answered.header_id, From="new@x.example")).conversation_id == new.pk


def test_a_relay_that_rewrites_the_domain_changes_nothing(thread, agent, arrive, letter) -> None:
    _asked, answered, _other = thread
    new = split([answered], agent)
    rewritten = answered.header_id.replace("@haoke.example", "@relay.example")
    assert rewritten != answered.header_id
    assert arrive(letter("好的", In_Reply_To=rewritten)).conversation_id == new.pk


def test_an_answer_to_a_moved_question_follows_it_past_our_signature(thread, agent, arrive, letter) -> None:
    """The whole thread is referenced, our signed mail of the old conversation too; the nearest message decides."""
    _asked, answered, other = thread
    new = split([other], agent)
    references = f"{answered.header_id} {other.header_id}"
    for sender in ("陈先生 <chen@customer.example>", COLLEAGUE):
        answer = arrive(letter("补充", In_Reply_To=other.header_id, References=references, From=sender))
        assert answer.conversation_id == new.pk
    # Who is no part of the new one has our signature for the old one only.
    stranger = letter("?", In_Reply_To=other.header_id, References=references, From="new@x.example")
    assert arrive(stranger).conversation_id == answered.conversation_id


def test_what_stays_keeps_its_answers(thread, agent, arrive, letter) -> None:
    _asked, answered, other = thread
    split([other], agent)
    assert arrive(letter("好的", In_Reply_To=answered.header_id)).conversation_id == answered.conversation_id


def test_the_moved_messages_people_take_part_in_the_new_one(thread, agent) -> None:
    new = split([thread[2]], agent)
    known = set(Participant.objects.filter(conversation=new).values_list("address", flat=True))
    assert known == {"chen@customer.example", COLLEAGUE}


def test_everything_nothing_or_a_strangers_message_is_refused(thread, agent, arrive, letter) -> None:
    everything = list(Message.objects.filter(conversation=thread[0].conversation))
    stranger = arrive(letter(From="new@x.example"))
    for messages, refusal in ((everything, errors.NothingLeft), ([], errors.NothingChosen)):
        with pytest.raises(refusal):
            services.split_conversation(
                conversation_id=thread[0].conversation_id,
                message_ids=[each.pk for each in messages],
                subject="",
                by=agent,
            )
    with pytest.raises(errors.NothingChosen):
        services.split_conversation(
            conversation_id=thread[0].conversation_id, message_ids=[stranger.pk], subject="", by=agent
        )
    assert not Split.objects.exists()


def test_a_message_of_a_merged_conversation_can_be_split_off(arrive, letter, agent) -> None:
    first, second = arrive(letter(subject="一")), arrive(letter(subject="二"))
    services.merge(conversation_id=second.conversation_id, into_id=first.conversation_id, by=agent)
    new = services.split_conversation(
        conversation_id=first.conversation_id, message_ids=[second.pk], subject="", by=agent
    )
    second.refresh_from_db()
    assert (second.conversation_id, new.subject) == (new.pk, "二")
