"""@name in a note: whoever is called hears of it, follows, and can read it."""

from __future__ import annotations

import pytest

from haoke.accounts.choices import Role
from haoke.conversations import errors, queries, services
from haoke.conversations.models import Follower, Mention, Message
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


def test_whoever_is_called_hears_of_it_and_follows(conversation, agent, create_actor) -> None:
    wang = create_actor(Role.AGENT, name="王小明")
    create_actor(Role.AGENT, name="王小")

    note = services.write_note(conversation_id=conversation.pk, text=f"@王小明 请看。@{agent.name}", by=agent)

    assert list(Mention.objects.values_list("message_id", "staff_id")) == [(note.pk, wang.staff_id)]
    assert list(Follower.objects.values_list("staff_id", "reason")) == [(wang.staff_id, "mentioned")]
    fact = Entry.objects.get(kind="colleague.mentioned")
    assert fact.payload["staff_id"] == wang.staff_id
    assert "请看" not in str(fact.payload)


def test_who_cannot_read_the_note_is_not_called(conversation, agent, create_actor) -> None:
    create_actor(Role.ACCOUNT_MANAGER, name="外面的人")

    with pytest.raises(errors.MentionUnfit, match="外面的人"):
        services.write_note(conversation_id=conversation.pk, text="@外面的人 请看", by=agent)
    assert not Message.objects.filter(kind="note").exists()


def test_a_name_two_bear_is_refused_until_it_is_clear_who(conversation, agent, create_actor) -> None:
    create_actor(Role.AGENT, name="王伟")
    second = create_actor(Role.AGENT, name="王伟")
    with pytest.raises(errors.MentionAmbiguous):
        services.write_note(conversation_id=conversation.pk, text="@王伟 请看", by=agent)

    offered = queries.callable_colleagues(conversation.pk, agent, text="wangw")
    call = next(each.call for each in offered if each.id == second.staff_id)
    services.write_note(conversation_id=conversation.pk, text=f"@{call} 请看", by=agent)

    assert Mention.objects.get().staff_id == second.staff_id


@pytest.mark.parametrize("typed", ["陈", "chenx", "cx", "CHEN"])
def test_colleagues_are_offered_by_name_and_pinyin(conversation, agent, create_actor, typed) -> None:
    create_actor(Role.AGENT, name="陈晓")
    create_actor(Role.ACCOUNT_MANAGER, name="陈西")
    create_actor(Role.AGENT, name="李娜")

    offered = queries.callable_colleagues(conversation.pk, agent, text=typed)

    assert [each.name for each in offered] == ["陈晓"]


def test_in_a_reply_an_at_sign_calls_nobody(conversation, agent, create_actor) -> None:
    create_actor(Role.AGENT, name="王小明")
    services.reply(conversation_id=conversation.pk, text="@王小明", by=agent)
    assert not Mention.objects.exists()
