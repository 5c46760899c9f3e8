"""Keeping the numbers of a conversation true when something happens in it."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations.events import ConversationFact
from haoke.conversations.models import Conversation
from haoke.core.actor import Actor


def follow(conversation: Conversation, fact: ConversationFact, *, by: Actor, at: datetime) -> None:
    """Lets what happened have its consequence; the caller holds the conversation locked."""
