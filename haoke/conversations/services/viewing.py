"""Who has a conversation open and who writes in it, so that nobody answers beside somebody else."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from haoke.conversations.models import Viewing
from haoke.conversations.queries import readable_conversations
from haoke.conversations.queries.viewing import FORGOTTEN_AFTER
from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound

# Rows this old say nothing to anybody and go when the next person comes.
SWEPT_AFTER = timedelta(hours=1)


@transaction.atomic
def note_viewing(*, conversation_id: int, is_writing: bool, by: Actor) -> None:
    """Takes note that a colleague looks at a conversation or writes in it; the others hear only of what is new.

    Raises Forbidden, NotFound.
    """
    now = clock.now()
    by.require("conversations.view")
    if by.staff_id is None or not readable_conversations(by).filter(pk=conversation_id).exists():
        raise NotFound()
    before = Viewing.objects.filter(conversation_id=conversation_id, staff_id=by.staff_id).first()
    Viewing.objects.bulk_create(
        [Viewing(conversation_id=conversation_id, staff_id=by.staff_id, is_writing=is_writing, seen_at=now)],
        update_conflicts=True,
        unique_fields=["conversation", "staff"],
        update_fields=["is_writing", "seen_at"],
    )
    was_known = before is not None and before.seen_at > now - FORGOTTEN_AFTER and before.is_writing == is_writing
    if not was_known:
        Viewing.objects.filter(conversation_id=conversation_id, seen_at__lt=now - SWEPT_AFTER).delete()
        live.announce(f"conversation:{conversation_id}:people")


@transaction.atomic
def end_viewing(*, conversation_id: int, by: Actor) -> None:
    """Takes note that a colleague has left the page."""
    by.require("conversations.view")
    if by.staff_id is None:
        return
    gone, _by_table = Viewing.objects.filter(conversation_id=conversation_id, staff_id=by.staff_id).delete()
    if gone:
        live.announce(f"conversation:{conversation_id}:people")
