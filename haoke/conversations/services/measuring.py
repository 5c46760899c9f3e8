"""Keeping the numbers of a conversation true when something happens in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from haoke.conversations import events
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Measures
from haoke.conversations.rules.clocks import ANSWERING, FINISHED
from haoke.conversations.services.remeasuring import computed, set_resolution, set_response
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


def follow(conversation: Conversation, fact: events.ConversationFact, *, by: Actor, at: datetime) -> None:
    """Lets what happened have its consequence; the caller holds the conversation locked."""
    if isinstance(fact, events.ConversationStarted):
        _begin(conversation)
        return
    effect = _EFFECTS.get(type(fact))
    measures = Measures.objects.filter(pk=conversation.pk).first() if effect else None
    # One from before there were measures gets them all at once (`measure_missing`).
    if effect is None or measures is None:
        return
    _follow_possession(measures, conversation)
    measures = effect(measures, conversation, fact, by, at) or measures
    _follow_possession(measures, conversation)
    measures.save(force_update=True)


def _begin(conversation: Conversation) -> None:
    Measures.objects.create(
        conversation=conversation,
        opened_at=conversation.opened_at,
        staff_id=conversation.assignee_id,
        team_id=conversation.team_id,
    )


def _follow_possession(measures: Measures, conversation: Conversation) -> None:
    """Until it is answered or finished, it counts as the work of whoever has it."""
    if measures.first_response_at is None and measures.resolved_at is None:
        measures.staff_id, measures.team_id = conversation.assignee_id, conversation.team_id


def _on_mail(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    measures.messages_in += 1
    measures.came_by = measures.came_by or MessageKind.MAIL


def _on_form(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    measures.messages_in += 1
    measures.came_by = measures.came_by or MessageKind.FORM


def _on_reply(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    measures.came_by = measures.came_by or MessageKind.MAIL
    _count_answer(measures, conversation, by, at)


def _on_call(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    """We called: that answers. That the customer called and somebody wrote it down does not (services/clocks)."""
    measures.came_by = measures.came_by or MessageKind.CALL
    if fact.direction == Direction.OUT:
        _count_answer(measures, conversation, by, at)


def _count_answer(measures: Measures, conversation: Conversation, by: Actor, at: datetime) -> None:
    if by.kind not in ANSWERING:
        return
    if measures.messages_in and not measures.messages_out:
        set_response(measures, at)
        measures.staff_id, measures.team_id = by.staff_id or conversation.assignee_id, conversation.team_id
    measures.messages_out += 1


def _on_state(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    if fact.new in FINISHED:
        _on_end(measures, conversation, fact, by, at)
    elif measures.resolved_at is not None:
        set_resolution(measures, None)


def _on_end(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    """Solved and then closed is finished once, when it was solved."""
    if measures.resolved_at is None:
        set_resolution(measures, at)
        measures.first_resolved_at = measures.first_resolved_at or at


def _on_reopening(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    set_resolution(measures, None)
    measures.reopenings += 1


def _on_assignment(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    """Whose it is now is taken over for every fact."""


def _on_acceptance(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> None:
    measures.handovers += 1


def _on_other_messages(measures: Measures, conversation: Conversation, fact: Any, by: Actor, at: datetime) -> Measures:
    """A reply was taken back, or messages moved: what they meant is read out of what is left."""
    return computed(conversation)


_EFFECTS: dict[type, Callable[[Measures, Conversation, Any, Actor, datetime], Measures | None]] = {
    events.MessageReceived: _on_mail,
    events.FormReceived: _on_form,
    events.ReplyWritten: _on_reply,
    events.CallLogged: _on_call,
    events.StateChanged: _on_state,
    events.ConversationClosed: _on_end,
    events.ConversationReopened: _on_reopening,
    events.ConversationAssigned: _on_assignment,
    events.HandoverAccepted: _on_acceptance,
    events.ReplyRecalled: _on_other_messages,
    events.ConversationSplit: _on_other_messages,
}
