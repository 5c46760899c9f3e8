"""What ends a snooze before its time: a word from the customer, or a colleague who took the conversation up."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations import events
from haoke.conversations.events import ConversationFact
from haoke.conversations.models import Conversation
from haoke.core.actor import Actor
from haoke.timeline.services import record

_WAKES = (
    events.MessageReceived,
    events.FormReceived,
    events.ReplyWritten,
    events.CallLogged,
    events.ConversationClosed,
    events.ConversationReopened,
    events.ConversationMerged,
)


def follow(conversation: Conversation, fact: ConversationFact, *, by: Actor, at: datetime) -> None:
    """Brings a put-off conversation back with the fact that calls for it, in the same transaction."""
    if conversation.snoozed_until is not None and isinstance(fact, _WAKES):
        wake(conversation, by=by, at=at)


def wake(conversation: Conversation, *, by: Actor, at: datetime) -> None:
    """Brings back a conversation the caller holds locked; neither clocks nor measures depend on it."""
    conversation.snoozed_until = None
    conversation.save(update_fields=["snoozed_until"])
    record(events.SnoozeEnded(conversation_id=conversation.pk, customer_id=conversation.customer_id), by=by, at=at)
