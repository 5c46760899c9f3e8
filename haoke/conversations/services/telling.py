"""Telling what happened in a conversation: the fact, and what always follows from it in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from haoke.conversations.events import ConversationFact
from haoke.conversations.models import Conversation
from haoke.conversations.services import clocks, indexing, measuring, waking
from haoke.core.actor import Actor
from haoke.timeline.services import record


def tell(
    conversation: Conversation, happened: type[ConversationFact], *, by: Actor, at: datetime, **details: Any
) -> int:
    """Records a fact about a conversation the caller holds locked and has saved; returns the entry's id.

    Its clocks, its measures, a snooze and the words it is found by follow at once; what may take longer is a reaction
    named in the wiring.
    """
    fact = happened(conversation_id=conversation.pk, customer_id=conversation.customer_id, **details)
    clocks.follow(conversation, fact, by=by, at=at)
    measuring.follow(conversation, fact, by=by, at=at)
    waking.follow(conversation, fact, by=by, at=at)
    indexing.follow(conversation, fact, by=by, at=at)
    return record(fact, by=by, at=at)
