"""Loading a conversation for a change: within reach, locked, and in the version its page showed."""

from __future__ import annotations

from typing import Any

from haoke.conversations import errors
from haoke.conversations.models import Conversation
from haoke.conversations.queries import answerable_conversations, readable_conversations
from haoke.core import live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound


def locked_conversation(conversation_id: int, by: Actor, *, version: int | None = None) -> Conversation:
    """The conversation, held until the transaction ends.

    Raises NotFound out of sight, ReadOnly where the actor may read but not change it, VersionConflict where somebody
    else changed it after the actor's page was made.
    """
    found = answerable_conversations(by).select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if found is None:
        if readable_conversations(by).filter(pk=conversation_id).exists():
            raise errors.ReadOnly()
        raise NotFound()
    if version is not None and found.version != version:
        raise errors.VersionConflict(by=found.changed_by_name or "?")
    return found


def save_changes(conversation: Conversation, *fields: str, by: Actor) -> None:
    """Saves the named fields under a new version and tells the open pages."""
    conversation.version += 1
    conversation.changed_by_name = by.name[:200]
    conversation.save(update_fields=[*fields, "version", "changed_by_name"])
    announce(conversation)


def announce(conversation: Conversation) -> None:
    """Tells every open page that shows this conversation, the inbox, or the customer."""
    names = ["inbox", "today", f"conversation:{conversation.pk}"]
    if conversation.customer_id:
        names.append(f"customer:{conversation.customer_id}")
    live.announce(*names)


def decided(by: Actor) -> dict[str, Any]:
    """The columns of a decision that say who took it."""
    return {"by_kind": by.kind, "by_id": by.id, "by_name": by.name[:200]}
