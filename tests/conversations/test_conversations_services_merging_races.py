"""Merging while somebody else merges, writes or answers: no cycle, nothing lost, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from haoke.channels import services as mail
from haoke.conversations import errors, queries, services
from haoke.conversations.models import Conversation, Message
from haoke.conversations.services.writing import Desk
from tests.conversations.test_conversations_services_racing import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(channel, letter) -> Callable[..., int]:
    def keep(text: str = "请问", **headers: str) -> int:
        raw = letter(text, **headers).as_bytes()
        return mail.store_inbound(raw=raw, envelope_from="", envelope_to=["support@haoke.example"]).pk

    return keep


@pytest.fixture
def conversations(stored) -> list[Conversation]:
    for number in range(3):
        services.receive_mail(inbound_id=stored(f"第{number}问", subject=f"问题{number}"))
    return list(Conversation.objects.order_by("pk"))


def merge(source: Conversation, into: Conversation, by) -> Callable[[], object]:
    return partial(services.merge, conversation_id=source.pk, into_id=into.pk, by=by)


def test_crosswise_merges_leave_one_root(conversations, agent) -> None:
    first, second, third = conversations
    raised = together(merge(first, second, agent), merge(second, third, agent), merge(third, first, agent))
    assert sorted(each.__name__ for each in raised if each) == ["MergeCycle"]
    roots = {queries.merged_root(each.pk) for each in conversations}
    assert len(roots) == 1
    assert sorted(queries.family_ids(roots.pop())) == [each.pk for each in conversations]


def test_mail_that_comes_while_its_conversation_is_merged_is_filed_where_it_goes_on(
    conversations, stored, agent
) -> None:
    first, second, _third = conversations
    ids = [stored(f"补充{number}", In_Reply_To="<letter2@customer.example>") for number in range(3)]
    raised = together(merge(second, first, agent), *(partial(services.receive_mail, inbound_id=each) for each in ids))
    assert raised == [None] * 4
    homes = Message.objects.filter(inbound_id__in=ids).values_list("conversation_id", flat=True)
    assert {queries.merged_root(each) for each in homes} == {first.pk}
    assert len(homes) == 3


def test_of_two_answers_at_the_same_moment_one_is_sent(conversations, agent, create_actor, team) -> None:
    """S0-08: the check holds the conversation, so the second one sees the first."""
    colleague = create_actor("agent", team_ids=(team.pk,))
    conversation = conversations[0]
    desk = Desk(seen_message_id=Message.objects.latest("pk").pk)
    raised = together(
        *(
            partial(services.reply, conversation_id=conversation.pk, text=f"答复 {each.name}", desk=desk, by=each)
            for each in (agent, colleague)
        )
    )
    assert sorted(each.__name__ for each in raised if each) == ["AnsweredMeanwhile"]
    assert Message.objects.filter(conversation=conversation, direction="out", is_automatic=False).count() == 1


def test_closing_and_answering_at_once_does_one_after_the_other(conversations, agent, create_actor, team) -> None:
    """Either the answer went out before the end, or it is refused; never an answer in a closed conversation."""
    colleague = create_actor("agent", team_ids=(team.pk,))
    conversation = conversations[0]
    raised = together(
        partial(services.close_conversation, conversation_id=conversation.pk, by=agent),
        partial(services.reply, conversation_id=conversation.pk, text="明天", by=colleague),
    )
    conversation.refresh_from_db()
    answers = Message.objects.filter(conversation=conversation, direction="out", is_automatic=False).count()
    assert conversation.state == "closed"
    assert raised == ([None, None] if answers else [None, errors.ConversationIsClosed])
