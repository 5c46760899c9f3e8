"""Absences: leave, illness, a course, and who stands in meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from haoke.accounts import errors, events
from haoke.accounts.models import Absence
from haoke.accounts.queries import staff_at_work, staff_in_charge, staff_names
from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def enter_absence(
    *,
    staff_id: int,
    starts_at: datetime,
    ends_at: datetime,
    substitute_id: int | None = None,
    note: str = "",
    by: Actor,
) -> Absence:
    """Enters an absence, one's own or that of somebody in one's charge.

    Raises NotFound for a colleague out of charge, AbsenceTooLate, AbsenceWithoutLength, AbsencesOverlap,
    SubstituteUnfit.
    """
    now = clock.now()
    _require_charge(staff_id, by)
    if ends_at <= starts_at:
        raise errors.AbsenceWithoutLength(field="ends_at")
    if ends_at <= now:
        raise errors.AbsenceTooLate(field="ends_at")
    # Two who agree at the same moment to stand in for each other would both be gone: one after the other.
    lock_name("accounts.absences")
    if substitute_id is not None:
        _check_substitute(substitute_id, staff_id, starts_at, ends_at)
    absence = _create(
        staff_id=staff_id,
        starts_at=starts_at,
        ends_at=ends_at,
        substitute_id=substitute_id,
        note=note.strip()[:200],
        created_at=now,
    )
    fact = events.AbsenceEntered(
        absence_id=absence.pk,
        staff_id=staff_id,
        name=staff_names([staff_id])[staff_id],
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        substitute_id=substitute_id,
    )
    record(fact, by=by, at=now)
    live.announce("presence", f"presence:{staff_id}")
    return absence


@transaction.atomic
def cancel_absence(*, absence_id: int, by: Actor) -> Absence:
    """Takes back an absence that has not ended. Raises NotFound, also for one out of charge."""
    now = clock.now()
    absence = Absence.objects.select_for_update().filter(pk=absence_id, cancelled_at=None, ends_at__gt=now).first()
    if absence is None:
        raise NotFound()
    _require_charge(absence.staff_id, by)
    absence.cancelled_at = now
    absence.save(update_fields=["cancelled_at"])
    name = staff_names([absence.staff_id])[absence.staff_id]
    record(events.AbsenceCancelled(absence_id=absence.pk, staff_id=absence.staff_id, name=name), by=by, at=now)
    live.announce("presence", f"presence:{absence.staff_id}")
    return absence


def _require_charge(staff_id: int, by: Actor) -> None:
    if staff_id not in {by.staff_id, *(each.id for each in staff_in_charge(by))}:
        raise NotFound()


def _check_substitute(substitute_id: int, staff_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Raises SubstituteUnfit unless somebody else, who answers customers and is here all that time."""
    is_known = any(each.id == substitute_id for each in staff_at_work())
    gone = Absence.objects.filter(
        staff_id=substitute_id, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if substitute_id == staff_id or not is_known or gone.exists():
        raise errors.SubstituteUnfit(field="substitute_id")


def _create(**fields: object) -> Absence:
    try:
        # A savepoint, so that the caller's transaction survives the refusal.
        with transaction.atomic():
            return Absence.objects.create(**fields)
    except IntegrityError as error:
        raise errors.AbsencesOverlap(field="starts_at") from error
