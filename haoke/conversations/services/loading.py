"""Loading a conversation for a change: within reach, locked, and in the version its page showed."""

from __future__ import annotations

from typing import Any

from haoke.conversations import errors
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries import answerable_conversations, merged_root, readable_conversations
from haoke.core import live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound


def locked_conversation(
    conversation_id: int, by: Actor, *, version: int | None = None, even_merged: bool = False
) -> Conversation:
    """The conversation, held until the transaction ends.

    Raises NotFound out of sight, ReadOnly where the actor may read but not change it, MergedAway where it goes on in
    another, VersionConflict where somebody else changed it after the actor's page was made.
    """
    found = answerable_conversations(by).select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if found is None:
        if readable_conversations(by).filter(pk=conversation_id).exists():
            raise errors.ReadOnly()
        raise NotFound()
    if found.merged_into_id is not None and not even_merged:
        raise errors.MergedAway(into_id=merged_root(found.pk))
    if version is not None and found.version != version:
        raise errors.VersionConflict(by=found.changed_by_name or "?")
    return found


def lock_in_order(*conversation_ids: int) -> None:
    """Holds several conversations in the order of their numbers, so that two who need the same ones never block."""
    list(Conversation.objects.select_for_update().filter(pk__in=conversation_ids).order_by("pk").values_list("pk"))


def locked_to_read(conversation_id: int, by: Actor) -> Conversation:
    """The conversation for what a reader may do to it, such as follow it. Raises NotFound."""
    found = readable_conversations(by).select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if found is None:
        raise NotFound()
    return found


def locked_of_message(message: Message, by: Actor) -> Conversation:
    """The message's conversation, where the actor may work on the one it goes on in. Raises NotFound, ReadOnly."""
    root_id = merged_root(message.conversation_id)
    lock_in_order(root_id, message.conversation_id)
    root = locked_conversation(root_id, by)
    return root if root_id == message.conversation_id else Conversation.objects.get(pk=message.conversation_id)


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
