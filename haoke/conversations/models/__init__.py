"""Conversations, their messages, and the rows that say who decided what, when and why."""

from haoke.conversations.models.conversations import (
    Assignment,
    Category,
    Closure,
    Conversation,
    Identification,
    Reopening,
)
from haoke.conversations.models.messages import Attachment, Message, Participant

__all__ = [
    "Assignment",
    "Attachment",
    "Category",
    "Closure",
    "Conversation",
    "Identification",
    "Message",
    "Participant",
    "Reopening",
]
