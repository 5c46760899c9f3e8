"""Marking notifications as read: one, those about a conversation that is open, or all at once and back again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.notifications.errors import ForPeopleOnly
from haoke.notifications.models import Notification


@transaction.atomic
def mark_read(*, notification_id: int, by: Actor) -> Notification:
    """Marks a line and what it covers as read. Raises ForPeopleOnly, NotFound for another's."""
    now = clock.now()
    found = _own(notification_id, by)
    _close(_same_line(found), now, by)
    return found


@transaction.atomic
def mark_unread(*, notification_id: int, by: Actor) -> Notification:
    """Lets a line stand out again. Raises ForPeopleOnly, NotFound for another's."""
    found = _own(notification_id, by)
    if found.read_at is not None:
        found.read_at = None
        found.save(update_fields=["read_at"])
        _announce(by)
    return found


@transaction.atomic
def mark_seen(*, subject_kind: str, subject_id: int, by: Actor) -> int:
    """Marks everything about one thing that the actor has in front of them as read; returns how many.

    Raises ForPeopleOnly.
    """
    now = clock.now()
    return _close(_unread_of(by).filter(subject_kind=subject_kind, subject_id=subject_id), now, by)


@transaction.atomic
def mark_all_read(*, until: datetime | None = None, by: Actor) -> datetime | None:
    """Marks everything up to a moment (now, unless told) as read; returns the moment that takes it back.

    None where there was nothing to mark. Raises ForPeopleOnly.
    """
    now = clock.now()
    return now if _close(_unread_of(by).filter(at__lte=until or now), now, by) else None


@transaction.atomic
def undo_all_read(*, marked_at: datetime, by: Actor) -> int:
    """Takes back what was marked as read at that moment; returns how many. Raises ForPeopleOnly."""
    restored = _all_of(by).filter(read_at=marked_at).update(read_at=None)
    _announce(by)
    return restored


def _own(notification_id: int, by: Actor) -> Notification:
    found = _all_of(by).select_for_update().filter(pk=notification_id).first()
    if found is None:
        raise NotFound()
    return found


def _all_of(by: Actor) -> QuerySet[Notification]:
    if by.staff_id is None:
        raise ForPeopleOnly()
    return Notification.objects.filter(recipient_id=by.staff_id)


def _unread_of(by: Actor) -> QuerySet[Notification]:
    return _all_of(by).filter(read_at=None)


def _same_line(found: Notification) -> QuerySet[Notification]:
    return Notification.objects.filter(
        recipient_id=found.recipient_id,
        kind=found.kind,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        at__lte=found.at,
        read_at=None,
    )


def _close(rows: QuerySet[Notification], now: datetime, by: Actor) -> int:
    marked = rows.update(read_at=now)
    if marked:
        _announce(by)
    return marked


def _announce(by: Actor) -> None:
    live.announce(f"staff:{by.staff_id}:notifications")
