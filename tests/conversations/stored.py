"""Conversations put straight into the database, where a test needs many of them or a state that takes days to reach."""

from __future__ import annotations

from typing import Any

from haoke.conversations.models import Category, Conversation
from haoke.core import clock


def unsaved(**columns: Any) -> Conversation:
    now = clock.now()
    ordinary = {"category": Category.objects.first(), "opened_at": now, "last_message_at": now, "subject": "订单"}
    return Conversation(**{**ordinary, **columns})


def stored(**columns: Any) -> Conversation:
    conversation = unsaved(**columns)
    conversation.save()
    return conversation
