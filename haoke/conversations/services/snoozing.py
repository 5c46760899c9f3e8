"""Snoozing: a conversation is out of sight until a moment, or until somebody says something in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.conversations import events, rules
from haoke.conversations.models import Conversation
from haoke.conversations.services.loading import announce, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.conversations.services.waking import wake
from haoke.core import clock
from haoke.core.actor import Actor

# So many come back in one round of the clock; the rest in the next.
MOST_AT_ONCE = 500


@transaction.atomic
def snooze(*, conversation_id: int, until: datetime, version: int | None = None, by: Actor) -> Conversation:
    """Puts a conversation off; its clocks run on, for nobody else knows that it waits.

    Raises Forbidden, NotFound, ReadOnly, MergedAway, VersionConflict, SnoozeUnfit.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    rules.check_snooze(until, now=now)
    if conversation.snoozed_until == until:
        return conversation
    conversation.snoozed_until = until
    save_changes(conversation, "snoozed_until", by=by)
    tell(conversation, events.ConversationSnoozed, by=by, at=now, until=until.isoformat())
    return conversation


@transaction.atomic
def end_snooze(*, conversation_id: int, by: Actor) -> Conversation:
    """Takes a put-off conversation up again before its time. Raises Forbidden, NotFound, ReadOnly, MergedAway."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if conversation.snoozed_until is not None:
        wake(conversation, by=by, at=now)
        announce(conversation)
    return conversation


@transaction.atomic
def wake_snoozed() -> int:
    """Brings back whatever was put off until now, each with one fact; returns how many."""
    now = clock.now()
    due = Conversation.objects.select_for_update(skip_locked=True).filter(snoozed_until__lte=now)
    woken = list(due.order_by("snoozed_until", "pk")[:MOST_AT_ONCE])
    for conversation in woken:
        wake(conversation, by=Actor.system(), at=now)
        announce(conversation)
    return len(woken)
