"""Starting, pausing and stopping the clocks of a conversation when something happens in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from haoke.conversations import events
from haoke.conversations.choices import ClockKind, ReopenReason
from haoke.conversations.models import Conversation
from haoke.conversations.queries import oldest_unanswered, was_talked_before
from haoke.conversations.rules import clocks as rules
from haoke.conversations.services.clocks.restarting import (
    ended_with_it,
    on_merge,
    on_merge_undone,
    on_recall,
    on_resumption,
    on_split,
    response_to_start,
)
from haoke.conversations.services.clocks.running import kinds_before
from haoke.conversations.services.clocks.timekeeping import Timekeeper
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction

_Word = events.MessageReceived | events.FormReceived


def follow(conversation: Conversation, fact: events.ConversationFact, *, by: Actor, at: datetime) -> None:
    """Lets what happened have its consequence; the caller holds the conversation locked."""
    effect = _EFFECTS.get(type(fact))
    if effect is not None:
        effect(conversation, fact, by, at)


def _on_word(conversation: Conversation, fact: _Word, by: Actor, at: datetime) -> None:
    """The customer wrote: a promise of an answer begins, unless one waits already; with the first word, of a solution.

    Repeated words move nothing (HELPDESK 2.1).
    """
    # Of the word that opens a conversation everything is known; this is asked for every new mail.
    is_opening = conversation.opened_at == at
    keeper = Timekeeper(conversation, at=at, is_new=is_opening)
    before = set() if is_opening else kinds_before(conversation)
    response = rules.response_to_start(
        running=keeper.kinds,
        kinds_before=before,
        was_talked=not is_opening and was_talked_before(conversation, fact.message_id),
    )
    resolution = None if ClockKind.RESOLUTION in before or conversation.is_finished else ClockKind.RESOLUTION
    keeper.start(*filter(None, (response, resolution)), channel=fact.channel if is_opening else "")
    keeper.keep_columns(waiting_since=conversation.waiting_since or at)


def _on_answer(conversation: Conversation, fact: events.ConversationFact, by: Actor, at: datetime) -> None:
    """A person of ours spoke to the customer: what waited for an answer has it.

    A reply answers when it is written: what follows is the mailbox's work, and one that does not arrive is somebody's
    task. In a conversation that we begin, it starts the promise of a solution.
    """
    if by.kind not in rules.ANSWERING:
        return
    keeper = Timekeeper(conversation, at=at)
    keeper.stop(*rules.RESPONSES)
    is_promised = ClockKind.RESOLUTION in keeper.kinds or conversation.is_finished
    if not is_promised and ClockKind.RESOLUTION not in kinds_before(conversation):
        keeper.start(ClockKind.RESOLUTION, since=conversation.opened_at)
    keeper.keep_columns(waiting_since=None)


def _on_call(conversation: Conversation, fact: events.CallLogged, by: Actor, at: datetime) -> None:
    """We called: that answers. That the customer called and somebody wrote it down neither asks nor answers."""
    if fact.direction == Direction.OUT:
        _on_answer(conversation, fact, by, at)


def _on_state(conversation: Conversation, fact: events.StateChanged, by: Actor, at: datetime) -> None:
    if fact.new in rules.FINISHED:
        _on_end(conversation, fact, by, at)
    elif fact.old in rules.FINISHED:
        on_resumption(conversation, fact, by, at)
    else:
        keeper = Timekeeper(conversation, at=at)
        keeper.follow_state()
        keeper.keep_columns(waiting_since=conversation.waiting_since)


def _on_end(conversation: Conversation, fact: events.ConversationFact, by: Actor, at: datetime) -> None:
    keeper = Timekeeper(conversation, at=at)
    keeper.finish()
    keeper.keep_columns(waiting_since=None)


def _on_reopening(conversation: Conversation, fact: events.ConversationReopened, by: Actor, at: datetime) -> None:
    """A new promise of a solution begins, and of an answer where the customer waits; the old ones stay as they ended.

    A closing that was taken back was none: what it stopped goes on.
    """
    keeper = Timekeeper(conversation, at=at)
    waiting_since = oldest_unanswered(conversation)
    if fact.reason == ReopenReason.TAKEN_BACK:
        for each in ended_with_it(conversation, is_waiting=waiting_since is not None):
            keeper.take_back(each.clock)
        keeper.follow_state()
    response = rules.response_to_start(running=keeper.kinds, kinds_before={ClockKind.FIRST_RESPONSE}, was_talked=True)
    keeper.start(*filter(None, (response if waiting_since else None, ClockKind.RESOLUTION)))
    keeper.keep_columns(waiting_since=waiting_since)


def _on_urgency(conversation: Conversation, fact: events.UrgencySet, by: Actor, at: datetime) -> None:
    """Running clocks are replaced where that is fair, and what only the new urgency promises begins now."""
    if conversation.is_finished or conversation.merged_into_id:
        return
    keeper = Timekeeper(conversation, at=at)
    keeper.follow_urgency(rising=rules.rises(fact.old, fact.new))
    keeper.follow_state()
    responses = response_to_start(keeper) if conversation.waiting_since is not None else []
    keeper.start(*responses, ClockKind.RESOLUTION)
    keeper.keep_columns(waiting_since=conversation.waiting_since)


_Effect = Callable[[Conversation, Any, Actor, datetime], None]

_EFFECTS: dict[type[events.ConversationFact], _Effect] = {
    events.MessageReceived: _on_word,
    events.FormReceived: _on_word,
    events.ReplyWritten: _on_answer,
    events.CallLogged: _on_call,
    events.StateChanged: _on_state,
    events.ConversationClosed: _on_end,
    events.ConversationReopened: _on_reopening,
    events.UrgencySet: _on_urgency,
    events.ReplyRecalled: on_recall,
    events.ConversationMerged: on_merge,
    events.MergeUndone: on_merge_undone,
    events.ConversationSplit: on_split,
}
