"""Writing minutes to the ledger."""

from __future__ import annotations

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.ledger.choices import LineKind
from haoke.ledger.errors import ImplausibleMinutes
from haoke.ledger.models import Line

MOST_MINUTES = 24 * 60


@transaction.atomic
def record_minutes(
    *, minutes: int, entry_id: int, customer_id: int | None, subject_kind: str, subject_id: int, by: Actor
) -> Line | None:
    """Writes minutes down for the timeline entry they were spent on (S2-41); none for zero.

    Raises ImplausibleMinutes.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise ImplausibleMinutes(field="minutes", most=MOST_MINUTES)
    if minutes == 0:
        return None
    return Line.objects.create(
        kind=LineKind.TIME,
        minutes=minutes,
        entry_id=entry_id,
        customer_id=customer_id,
        staff_id=by.staff_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        at=clock.now(),
    )


@transaction.atomic
def correct_minutes(*, line_id: int, minutes: int, by: Actor) -> Line | None:
    """Reverses a line and writes the right one beside it; nothing written is ever changed."""
    old = Line.objects.select_for_update().get(pk=line_id, reversed_by=None)
    Line.objects.create(
        kind=old.kind,
        minutes=-old.minutes,
        entry_id=old.entry_id,
        customer_id=old.customer_id,
        staff_id=old.staff_id,
        subject_kind=old.subject_kind,
        subject_id=old.subject_id,
        at=clock.now(),
        reverses=old,
    )
    return record_minutes(
        minutes=minutes,
        entry_id=old.entry_id,
        customer_id=old.customer_id,
        subject_kind=old.subject_kind,
        subject_id=old.subject_id,
        by=by,
    )
