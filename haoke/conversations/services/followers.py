"""Followers: colleagues who want to hear of a conversation that is not theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.conversations import events
from haoke.conversations.choices import FollowReason
from haoke.conversations.models import Conversation, Follower
from haoke.conversations.services.loading import announce, locked_to_read
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def start_following(*, conversation_id: int, by: Actor) -> Follower | None:
    """Whoever may read a conversation may follow it; None where they do. Raises Forbidden, NotFound."""
    now = clock.now()
    by.require("conversations.view")
    conversation = locked_to_read(conversation_id, by)
    follower = add_follower(
        conversation, staff_id=by.require_staff(), name=by.name, reason=FollowReason.BY_HAND, by=by, at=now
    )
    announce(conversation)
    return follower


@transaction.atomic
def stop_following(*, conversation_id: int, by: Actor) -> None:
    """Raises Forbidden, NotFound."""
    now = clock.now()
    by.require("conversations.view")
    conversation = locked_to_read(conversation_id, by)
    count, _by_table = Follower.objects.filter(conversation=conversation, staff_id=by.require_staff()).delete()
    if count:
        tell(conversation, events.FollowerRemoved, by=by, at=now, staff_id=by.require_staff(), follower=by.name)
    announce(conversation)


def add_follower(
    conversation: Conversation, *, staff_id: int, name: str, reason: str, by: Actor, at: datetime
) -> Follower | None:
    """Lets a colleague, such as one mentioned, follow a conversation the caller holds locked; None where they do."""
    follower, is_new = Follower.objects.get_or_create(
        conversation=conversation, staff_id=staff_id, defaults={"reason": reason, "at": at}
    )
    if not is_new:
        return None
    tell(conversation, events.FollowerAdded, by=by, at=at, staff_id=staff_id, follower=name)
    return follower
