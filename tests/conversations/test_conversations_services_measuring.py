"""The numbers of a conversation, by hand for what each act does to them, and true for every history."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from haoke.conversations import services as conversations
from haoke.conversations.choices import State
from haoke.conversations.models import Conversation, Measures, Message, Reopening
from haoke.conversations.services.remeasuring import measure_anew, measure_missing
from haoke.core.errors import Refusal

HOUR = 3600


@pytest.fixture
def conversation(frozen, arrive, letter) -> Conversation:
    """A customer wrote on Monday at ten."""
    return arrive(letter()).conversation


@pytest.fixture
def writes(arrive, letter):
    """The customer writes again."""

    def again(conversation: Conversation) -> Message:
        first = Message.objects.filter(conversation=conversation, direction="in").earliest("pk")
        return arrive(letter("还有一个问题", In_Reply_To=first.header_id))

    return again


def kept(conversation: Conversation) -> Measures:
    return Measures.objects.get(pk=conversation.pk)


def numbers(measures: Measures) -> dict:
    return model_to_dict(measures) | {"pk": measures.pk}


def test_the_first_word_of_a_person_is_the_first_response(frozen, conversation, agent, system) -> None:
    """RULINGS, Clocks: an acknowledgement and a note are none. From ten to two, with the midday break between."""
    frozen.shift(60)
    conversations.write_note(conversation_id=conversation.pk, text="备注", by=agent)
    assert kept(conversation).first_response_at is None

    frozen.shift(4 * HOUR - 60)
    conversations.reply(conversation_id=conversation.pk, text="好的", by=agent)
    frozen.shift(HOUR)
    conversations.reply(conversation_id=conversation.pk, text="补充", by=agent)

    measures = kept(conversation)
    assert measures.first_response_at == conversation.opened_at + timedelta(hours=4)
    assert measures.first_response_seconds == 4 * HOUR
    # 10:00 to 12:00 and 13:30 to 14:00.
    assert measures.first_response_business_seconds == 2.5 * HOUR
    assert (measures.messages_in, measures.messages_out, measures.came_by) == (1, 2, "mail")
    assert (measures.staff_id, measures.team_id) == (agent.id, conversation.team_id)


def test_whoever_answers_first_keeps_it_and_the_team_of_then(
    frozen, conversation, agent, other_agent, other_team, system
) -> None:
    frozen.shift(60)
    conversations.reply(conversation_id=conversation.pk, text="好的", by=agent)
    conversations.assign(conversation_id=conversation.pk, assignee_id=other_agent.id, team_id=other_team.pk, by=system)

    assert (kept(conversation).staff_id, kept(conversation).team_id) == (agent.id, conversation.team_id)


def test_unanswered_it_counts_for_whoever_has_it_and_then_for_whoever_finished_with_it(
    frozen, conversation, agent, other_agent, other_team, system
) -> None:
    assert kept(conversation).staff_id is None
    conversations.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=None, by=system)
    assert (kept(conversation).staff_id, kept(conversation).team_id) == (agent.id, None)

    frozen.shift(60)
    conversations.close_conversation(conversation_id=conversation.pk, by=system)
    conversations.assign(conversation_id=conversation.pk, assignee_id=other_agent.id, team_id=other_team.pk, by=system)
    assert (kept(conversation).staff_id, kept(conversation).team_id) == (agent.id, None)


def test_solved_and_then_closed_is_finished_once(frozen, conversation, agent) -> None:
    frozen.shift(HOUR)
    conversations.reply(conversation_id=conversation.pk, text="好的", state="solved", by=agent)
    frozen.shift(HOUR)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)

    measures = kept(conversation)
    assert measures.resolved_at == measures.first_resolved_at == conversation.opened_at + timedelta(hours=1)
    assert measures.resolution_seconds == measures.resolution_business_seconds == HOUR


def test_a_reopened_one_is_open_and_finished_again_later(frozen, conversation, agent, writes) -> None:
    frozen.shift(HOUR)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)
    frozen.shift(HOUR)
    writes(conversation)
    measures = kept(conversation)
    assert (measures.resolved_at, measures.resolution_seconds, measures.reopenings) == (None, None, 1)
    assert measures.first_resolved_at == conversation.opened_at + timedelta(hours=1)

    frozen.shift(2 * HOUR)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)
    assert kept(conversation).resolution_seconds == 4 * HOUR


def test_what_we_begin_is_no_response(frozen, channel, agent, system, run_jobs) -> None:
    from haoke.customers.services import register_customer

    customer = register_customer(kind="person", name="林", contact_points=[("mail", "l@c.example", "")], by=system)
    begun = conversations.start_conversation(
        customer_id=customer.pk, subject="回访", text="您好", channel_id=channel.pk, by=agent
    )

    measures = kept(begun)
    assert (measures.first_response_at, measures.messages_out, measures.came_by) == (None, 1, "mail")


def test_a_reply_that_was_taken_back_never_was(frozen, conversation, agent) -> None:
    """S2-41: what the customer never saw answers nobody."""
    frozen.shift(HOUR)
    reply = conversations.reply(conversation_id=conversation.pk, text="好的", by=agent)
    assert kept(conversation).first_response_at is not None
    conversations.recall_reply(message_id=reply.pk, by=agent)

    measures = kept(conversation)
    assert (measures.first_response_at, measures.messages_out) == (None, 0)


def test_messages_that_are_split_off_are_counted_where_they_are(frozen, conversation, agent, writes) -> None:
    frozen.shift(60)
    second = writes(conversation)
    frozen.shift(60)
    conversations.reply(conversation_id=conversation.pk, text="好的", by=agent)
    new = conversations.split_conversation(
        conversation_id=conversation.pk, message_ids=[second.pk], subject="另一件事", by=agent
    )

    assert (kept(conversation).messages_in, kept(new).messages_in) == (1, 1)
    assert kept(new).first_response_at is None


def test_a_call_of_ours_answers_and_one_of_theirs_does_not(frozen, conversation, agent) -> None:
    frozen.shift(60)
    conversations.log_call(conversation_id=conversation.pk, text="客户来电", direction="in", by=agent)
    assert kept(conversation).first_response_at is None
    frozen.shift(60)
    conversations.log_call(conversation_id=conversation.pk, text="已回电", direction="out", by=agent)
    assert kept(conversation).first_response_seconds == 120


def test_conversations_of_before_are_measured_once(frozen, conversation, agent) -> None:
    frozen.shift(60)
    conversations.reply(conversation_id=conversation.pk, text="好的", by=agent)
    before = numbers(kept(conversation))
    Measures.objects.all().delete()

    assert (measure_missing(), measure_missing()) == (1, 0)
    assert numbers(kept(conversation)) == before


@pytest.mark.parametrize("seed", range(8))
def test_rebuilding_says_what_was_kept_for_every_history(
    seed, frozen, conversation, writes, agent, other_agent, supervisor, team, other_team, system
) -> None:
    """S0-07: kept by every act, computed from the messages and decisions, and counted here once more by hand."""
    chance = random.Random(seed)
    about = {"conversation_id": conversation.pk}
    acts = {
        "writes": lambda: writes(conversation),
        "replies": lambda: conversations.reply(
            text="好的", state=chance.choice(["", "waiting", "solved", "on_hold"]), by=agent, **about
        ),
        "recalls": lambda: recall_last(conversation, agent),
        "notes": lambda: conversations.write_note(text="备注", by=agent, **about),
        "calls": lambda: conversations.log_call(text="电话", direction=chance.choice(["in", "out"]), by=agent, **about),
        "states": lambda: conversations.change_state(
            state=chance.choice(["open", "solved", "waiting"]), by=agent, **about
        ),
        "closes": lambda: conversations.close_conversation(by=agent, **about),
        "reopens": lambda: conversations.reopen_conversation(note="再看", by=agent, **about),
        "assigns": lambda: conversations.assign(
            by=system, **about, **chance.choice(possible_owners(agent, other_agent, supervisor, team, other_team))
        ),
    }
    for _step in range(14):
        frozen.shift(chance.randrange(30, 20 * HOUR))
        # Some acts are refused in some states; that changes nothing.
        try:
            chance.choice(list(acts.values()))()
        except Refusal:
            continue

    found = numbers(kept(conversation))
    assert numbers(measure_anew(conversation_id=conversation.pk)) == found
    assert counted_by_hand(conversation) == {name: found[name] for name in counted_by_hand(conversation)}


def recall_last(conversation: Conversation, agent) -> None:
    ours = Message.objects.filter(conversation=conversation, author_id=agent.id, kind="mail", is_automatic=False)
    if last := ours.order_by("pk").last():
        conversations.recall_reply(message_id=last.pk, by=agent)


def possible_owners(agent, other_agent, supervisor, team, other_team) -> list[dict]:
    return [
        {"assignee_id": agent.id, "team_id": team.pk},
        {"assignee_id": supervisor.id, "team_id": team.pk},
        {"assignee_id": other_agent.id, "team_id": other_team.pk},
        {"assignee_id": None, "team_id": other_team.pk},
        {"assignee_id": agent.id, "team_id": None},
    ]


def counted_by_hand(conversation: Conversation) -> dict:
    """Straight from the rows, without any of the rules."""
    conversation.refresh_from_db()
    said = list(Message.objects.filter(conversation=conversation, is_automatic=False).order_by("at", "pk"))
    asked = [each for each in said if each.direction == "in" and each.kind == "mail"]
    ours = [each for each in said if each.direction == "out" and each.recalled_at is None]
    is_done = conversation.state in (State.SOLVED, State.CLOSED)
    response = ours[0].at if ours else None
    return {
        "messages_in": len(asked),
        "messages_out": len(ours),
        "reopenings": Reopening.objects.filter(conversation=conversation).count(),
        "first_response_seconds": int((response - conversation.opened_at).total_seconds()) if response else None,
        "staff": ours[0].author_id if ours else kept(conversation).staff_id,
        "resolution_seconds": kept(conversation).resolution_seconds if is_done else None,
    }
