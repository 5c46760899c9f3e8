"""Who looks and who writes, forgotten in time; and the second answer that is stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Message, Viewing
from haoke.conversations.services.colliding import check_nobody_answered
from haoke.core import clock, live
from haoke.core.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


@pytest.fixture
def colleague(create_actor, team):
    return create_actor("agent", team_ids=(team.pk,), name="Li Na")


@pytest.fixture
def announced(monkeypatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(live, "announce", lambda *names: heard.extend(names))
    return heard


def seen_by(actor, conversation) -> list[tuple[str, bool]]:
    people = queries.people_at(conversation.pk, actor, now=clock.now())
    return [(each.name, each.is_writing) for each in people]


def look(conversation, by, *, is_writing: bool = False) -> None:
    services.note_viewing(conversation_id=conversation.pk, is_writing=is_writing, by=by)


def test_others_are_seen_oneself_is_not(conversation, agent, colleague, frozen) -> None:
    look(conversation, agent)
    look(conversation, colleague, is_writing=True)
    assert seen_by(agent, conversation) == [("Li Na", True)]
    assert seen_by(colleague, conversation) == [(agent.name, False)]


def test_only_what_is_new_is_announced(conversation, agent, announced, frozen) -> None:
    """Fifteen colleagues who read would otherwise make every page fetch itself each second."""
    name = f"conversation:{conversation.pk}:people"
    look(conversation, agent)
    frozen.shift(timedelta(seconds=15))
    look(conversation, agent)
    assert announced == [name]
    look(conversation, agent, is_writing=True)
    assert announced == [name, name]
    services.end_viewing(conversation_id=conversation.pk, by=agent)
    services.end_viewing(conversation_id=conversation.pk, by=agent)
    assert announced == [name] * 3


def test_who_gives_no_sign_is_forgotten_and_announced_anew(conversation, agent, colleague, announced, frozen) -> None:
    look(conversation, colleague)
    frozen.shift(timedelta(seconds=39))
    assert seen_by(agent, conversation) == [("Li Na", False)]
    frozen.shift(timedelta(seconds=2))
    assert seen_by(agent, conversation) == []
    look(conversation, colleague)
    assert len(announced) == 2


def test_old_rows_go_with_the_next_visitor(conversation, agent, colleague, frozen) -> None:
    look(conversation, colleague)
    frozen.shift(timedelta(hours=2))
    look(conversation, agent)
    assert Viewing.objects.get().staff_id == agent.id


def test_what_one_may_not_read_one_does_not_look_at(conversation, account_manager, system) -> None:
    for nobody in (account_manager, system):
        with pytest.raises(NotFound):
            look(conversation, nobody)
    assert not Viewing.objects.exists()


def test_the_second_answer_is_stopped_until_the_first_was_seen(conversation, agent, colleague) -> None:
    """S0-08: nobody answers a customer twice by accident."""
    from haoke.conversations.services.writing import Desk

    seen = Message.objects.latest("pk").pk
    first = services.reply(conversation_id=conversation.pk, text="明天", by=colleague)
    second = {"conversation_id": conversation.pk, "text": "后天", "by": agent}

    with pytest.raises(errors.AnsweredMeanwhile) as stopped:
        services.reply(**second, desk=Desk(seen_message_id=seen))
    assert "Li Na" in str(stopped.value)
    assert Message.objects.latest("pk").pk == first.pk

    services.reply(**second, desk=Desk(seen_message_id=first.pk))
    assert Message.objects.latest("pk").text == "后天"


def test_ones_own_answer_a_note_and_a_robot_stop_nobody(conversation, agent, colleague, arrive, letter) -> None:
    seen = Message.objects.filter(direction="in").latest("pk").pk
    services.reply(conversation_id=conversation.pk, text="明天", by=agent)
    services.write_note(conversation_id=conversation.pk, text="注意", by=colleague)
    arrive(letter("好的", In_Reply_To="<letter1@customer.example>"))
    conversation.refresh_from_db()
    check_nobody_answered(conversation, seen, agent)
    check_nobody_answered(conversation, None, colleague)


def test_an_answer_in_a_merged_conversation_counts_too(conversation, agent, colleague, arrive, letter) -> None:
    other = arrive(letter(subject="同一件事")).conversation
    seen = Message.objects.latest("pk").pk
    services.reply(conversation_id=other.pk, text="明天", by=colleague)
    services.merge(conversation_id=other.pk, into_id=conversation.pk, by=colleague)
    with pytest.raises(errors.AnsweredMeanwhile):
        check_nobody_answered(conversation, seen, agent)
