"""Beginning a conversation, whoever speaks first."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations import events
from haoke.conversations.models import Category, Conversation
from haoke.core.actor import Actor
from haoke.timeline.services import record

# Every conversation has a category and through it a phase (S0-11); staff choose a better one when they know more.
UNSORTED = "general"


def open_conversation(
    *,
    subject: str,
    customer_id: int | None,
    channel_id: int | None,
    sender_name: str,
    sender_address: str,
    team_id: int | None,
    assignee_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Conversation:
    """Writes a new conversation of a team, usually the mailbox's own; the caller's transaction goes on with it."""
    conversation = Conversation.objects.create(
        subject=" ".join(subject.split())[:300],
        customer_id=customer_id,
        channel_id=channel_id,
        team_id=team_id,
        assignee_id=assignee_id,
        category=Category.objects.get(code=UNSORTED),
        sender_name=sender_name[:200],
        sender_address=sender_address[:320],
        opened_at=at,
        last_message_at=at,
    )
    record(events.ConversationStarted(conversation_id=conversation.pk, customer_id=customer_id), by=by, at=at)
    return conversation
