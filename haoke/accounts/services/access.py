"""An administrator's hour with customer data (RULINGS: only with a logged reason)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.models import AccessOpening
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access, record

ACCESS_LASTS = timedelta(hours=1)
SHORTEST_REASON = 5


@transaction.atomic
def open_access(*, reason: str, by: Actor) -> None:
    """Opens customer data to an administrator for an hour. Raises Forbidden, ReasonNeeded."""
    now = clock.now()
    by.require("access.open")
    if len(reason.strip()) < SHORTEST_REASON or by.staff_id is None:
        raise errors.ReasonNeeded(field="reason")
    AccessOpening.objects.create(staff_id=by.staff_id, reason=reason.strip(), opened_at=now, until=now + ACCESS_LASTS)
    record(events.AccessOpened(staff_id=by.staff_id, reason=reason.strip()), by=by, at=now)
    note_access(kind=AccessKind.OPENED_DATA, subject_kind="staff", subject_id=by.staff_id, by=by)


@transaction.atomic
def close_access(*, by: Actor) -> None:
    """Ends one's own hour early; nothing happens where none is running. Raises Forbidden."""
    now = clock.now()
    by.require("access.open")
    if by.staff_id and AccessOpening.objects.filter(staff_id=by.staff_id, until__gt=now).update(until=now):
        record(events.AccessClosed(staff_id=by.staff_id), by=by, at=now)


@transaction.atomic
def note_refusal(*, code: str, path: str, by: Actor) -> None:
    """Keeps that somebody tried what they may not, where the refusal asks for it; the act itself was rolled back."""
    record(events.ActRefused(staff_id=by.staff_id, code=code, path=path[:200]), by=by)
