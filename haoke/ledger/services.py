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
def correct_minutes(
    *, minutes: int, entry_id: int, customer_id: int | None, subject_kind: str, subject_id: int, by: Actor
) -> Line | None:
    """Reverses what was written for one thing and writes the right minutes beside it; no line is ever changed.

    The new line points to the same timeline entry as the old one, or to `entry_id` where there was none.
    Raises ImplausibleMinutes.
    """
    lines = list(Line.objects.select_for_update().filter(subject_kind=subject_kind, subject_id=subject_id))
    settled = {line.reverses_id for line in lines} | {line.pk for line in lines if line.reverses_id}
    standing = [line for line in lines if line.pk not in settled]
    for line in standing:
        Line.objects.create(
            kind=line.kind,
            minutes=-line.minutes,
            entry_id=line.entry_id,
            customer_id=line.customer_id,
            staff_id=line.staff_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            at=clock.now(),
            reverses=line,
        )
    return record_minutes(
        minutes=minutes,
        entry_id=standing[0].entry_id if standing else entry_id,
        customer_id=customer_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        by=by,
    )
