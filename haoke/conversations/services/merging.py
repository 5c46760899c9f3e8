"""Merging: one conversation is told on in another; no row moves, so taking it back leaves everything as it was."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import errors, events, rules
from haoke.conversations.models import Conversation, Merge
from haoke.conversations.queries import merged_root
from haoke.conversations.services.loading import announce, decided, lock_in_order, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound


@transaction.atomic
def merge(
    *, conversation_id: int, into_id: int, is_confirmed: bool = False, version: int | None = None, by: Actor
) -> Merge:
    """Lets a conversation go on in another, or in whatever that one was merged into already.

    `is_confirmed` says that two different customers' conversations shall become one. Raises Forbidden, NotFound,
    ReadOnly, VersionConflict, OtherUnknown, MergedAlready, MergeCycle, MergeUnconfirmed.
    """
    now = clock.now()
    by.require("conversations.answer")
    _one_at_a_time()
    source, root = _locked_pair(conversation_id, into_id, by)
    if version is not None and source.version != version:
        raise errors.VersionConflict(by=source.changed_by_name or "?")
    rules.check_merge(
        source.pk,
        root.pk,
        is_merged=source.merged_into_id is not None,
        customer_id=source.customer_id,
        root_customer_id=root.customer_id,
        is_confirmed=is_confirmed,
    )
    source.merged_into = root
    save_changes(source, "merged_into", by=by)
    merged = Merge.objects.create(conversation=source, into=root, at=now, **decided(by))
    tell(source, events.ConversationMerged, by=by, at=now, into_id=root.pk)
    announce(root)
    return merged


@transaction.atomic
def undo_merge(*, conversation_id: int, by: Actor) -> Merge:
    """Lets a merged conversation go on by itself again. Raises Forbidden, NotFound, ReadOnly, NotMerged."""
    now = clock.now()
    by.require("conversations.answer")
    _one_at_a_time()
    merged = Merge.objects.select_related("into").filter(conversation_id=conversation_id, undone_at=None).first()
    if merged is not None:
        lock_in_order(conversation_id, merged.into_id)
    conversation = locked_conversation(conversation_id, by, even_merged=True)
    if merged is None:
        raise errors.NotMerged()
    conversation.merged_into = None
    save_changes(conversation, "merged_into", by=by)
    merged.undone_at, merged.undone_by_name = now, by.name[:200]
    merged.save(update_fields=["undone_at", "undone_by_name"])
    tell(conversation, events.MergeUndone, by=by, at=now, into_id=merged.into_id)
    announce(merged.into)
    return merged


def _one_at_a_time() -> None:
    """Merges and what takes them back wait for each other: each moves the roots by which the others find their rows."""
    lock_name("conversations.merge")


def _locked_pair(conversation_id: int, into_id: int, by: Actor) -> tuple[Conversation, Conversation]:
    """Both ends, locked in the order of their numbers, as whoever links two locks them."""
    root_id = merged_root(into_id)
    locked = {each: _locked(each, by, is_other=each != conversation_id) for each in sorted({conversation_id, root_id})}
    return locked[conversation_id], locked[root_id]


def _locked(conversation_id: int, by: Actor, *, is_other: bool) -> Conversation:
    try:
        return locked_conversation(conversation_id, by, even_merged=True)
    except NotFound as unknown:
        if is_other:
            raise errors.OtherUnknown(field="other") from unknown
        raise
