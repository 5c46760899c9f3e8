"""Closing a conversation; the reason is optional (RULINGS)."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import events, rules
from haoke.conversations.choices import State
from haoke.conversations.models import Closure
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def close_conversation(*, conversation_id: int, reason: str = "", version: int | None = None, by: Actor) -> Closure:
    """Ends a conversation. Raises Forbidden, NotFound, ReadOnly, VersionConflict, TransitionRefused."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    rules.check_transition(conversation.state, State.CLOSED)
    conversation.state, conversation.closed_at = State.CLOSED, now
    save_changes(conversation, "state", "closed_at", by=by)
    closure = Closure.objects.create(conversation=conversation, at=now, reason=reason.strip()[:500], **decided(by))
    tell(conversation, events.ConversationClosed, by=by, at=now, closure_id=closure.pk)
    return closure
