"""Reopening: by hand with a reason, or because the customer wrote again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.conversations import errors, events, rules
from haoke.conversations.choices import ReopenReason, State
from haoke.conversations.models import Conversation, Reopening
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def reopen_conversation(*, conversation_id: int, note: str, version: int | None = None, by: Actor) -> Reopening:
    """Takes a finished conversation up again. Raises Forbidden, NotFound, ReadOnly, ReasonNeeded, TransitionRefused."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    if not note.strip():
        raise errors.ReasonNeeded(field="reason")
    return reopen(conversation, reason=ReopenReason.BY_HAND, note=note, by=by, at=now)


def reopen(conversation: Conversation, *, reason: str, note: str, by: Actor, at: datetime) -> Reopening:
    """Reopens a conversation the caller holds locked; counted, never undone."""
    rules.check_transition(conversation.state, State.OPEN)
    conversation.state, conversation.closed_at = State.OPEN, None
    save_changes(conversation, "state", "closed_at", by=by)
    reopening = Reopening.objects.create(
        conversation=conversation, at=at, reason=reason, note=note.strip()[:500], **decided(by)
    )
    tell(conversation, events.ConversationReopened, by=by, at=at, reason=reason)
    return reopening
