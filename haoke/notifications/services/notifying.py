"""Telling people of what happened, as they wish it."""

from __future__ import annotations

from django.db import transaction

from haoke.core import live
from haoke.core.database import lock_name
from haoke.notifications.models import Notification
from haoke.notifications.queries import audience_of, wishes_for
from haoke.notifications.rules import COLLAPSED_WITHIN, Wish
from haoke.timeline import queries as timeline


@transaction.atomic
def notify(*, entry_id: int) -> list[Notification]:
    """Tells everybody whom a recorded fact concerns, once however often it is asked for; returns what is new."""
    fact = timeline.facts([entry_id])[entry_id]
    audience = audience_of(fact)
    if audience is None:
        return []
    wishes = wishes_for(audience.kind, audience.staff_ids)
    told = [_tell(staff_id, audience.kind, fact, wish) for staff_id, wish in sorted(wishes.items())]
    return [each for each in told if each is not None]


def _tell(staff_id: int, kind: str, fact: timeline.Line, wish: Wish) -> Notification | None:
    if wish.is_silent:
        return None
    # Of two facts at the same moment, the second must see the first, or both would be lines.
    lock_name(f"notifications:{staff_id}")
    before = _unread_before(staff_id, kind, fact)
    told, is_new = Notification.objects.get_or_create(
        recipient_id=staff_id,
        entry_id=fact.id,
        defaults={
            "kind": kind,
            "subject_kind": fact.subject_kind,
            "subject_id": fact.subject_id,
            "at": fact.at,
            "in_page": wish.in_page,
            "mail": wish.mail,
            "count": before.count + 1 if before else 1,
        },
    )
    if not is_new:
        return None
    if before is not None:
        before.is_covered = True
        before.save(update_fields=["is_covered"])
    live.announce(f"staff:{staff_id}:notifications")
    return told


def _unread_before(staff_id: int, kind: str, fact: timeline.Line) -> Notification | None:
    """The unread line of the same kind about the same subject that this one covers."""
    return (
        Notification.objects.filter(
            recipient_id=staff_id,
            kind=kind,
            subject_kind=fact.subject_kind,
            subject_id=fact.subject_id,
            is_covered=False,
            read_at=None,
            at__gt=fact.at - COLLAPSED_WITHIN,
            at__lte=fact.at,
        )
        .exclude(entry_id=fact.id)
        .order_by("-at", "-pk")
        .first()
    )
