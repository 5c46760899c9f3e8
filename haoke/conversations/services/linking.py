"""Linking conversations that have to do with each other and yet go on apart."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import errors, events
from haoke.conversations.models import Conversation, Link
from haoke.conversations.services.loading import announce, decided, locked_conversation, locked_to_read
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound


@transaction.atomic
def link(*, conversation_id: int, other_id: int, by: Actor) -> Link:
    """Links two conversations, once. Raises Forbidden, NotFound, ReadOnly, MergedAway, OtherUnknown."""
    now = clock.now()
    by.require("conversations.answer")
    ours, other = _locked_pair(conversation_id, other_id, by)
    first, second = sorted((ours, other), key=lambda each: each.pk)
    linked, is_new = Link.objects.get_or_create(conversation=first, other=second, defaults={"at": now, **decided(by)})
    if is_new:
        tell(ours, events.ConversationsLinked, by=by, at=now, other_id=other.pk)
        tell(other, events.ConversationsLinked, by=by, at=now, other_id=ours.pk)
        announce(ours)
        announce(other)
    return linked


@transaction.atomic
def unlink(*, conversation_id: int, other_id: int, by: Actor) -> None:
    """Takes the link away; where there is none, nothing happens.

    Raises Forbidden, NotFound, ReadOnly, MergedAway, OtherUnknown.
    """
    now = clock.now()
    by.require("conversations.answer")
    ours, other = _locked_pair(conversation_id, other_id, by)
    first, second = sorted((ours, other), key=lambda each: each.pk)
    count, _by_table = Link.objects.filter(conversation=first, other=second).delete()
    if count:
        tell(ours, events.ConversationsUnlinked, by=by, at=now, other_id=other.pk)
        tell(other, events.ConversationsUnlinked, by=by, at=now, other_id=ours.pk)
        announce(ours)
        announce(other)


def _locked_pair(conversation_id: int, other_id: int, by: Actor) -> tuple[Conversation, Conversation]:
    """Ours to change, the other to read; locked in the order of their numbers, so that nobody blocks another."""
    if other_id == conversation_id:
        raise errors.OtherUnknown(field="other")
    if conversation_id < other_id:
        ours = locked_conversation(conversation_id, by)
        return ours, _locked_other(other_id, by)
    other = _locked_other(other_id, by)
    return locked_conversation(conversation_id, by), other


def _locked_other(other_id: int, by: Actor) -> Conversation:
    try:
        return locked_to_read(other_id, by)
    except NotFound as unknown:
        raise errors.OtherUnknown(field="other") from unknown
