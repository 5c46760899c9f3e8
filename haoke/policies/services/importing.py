"""Importing the days off and make-up workdays of a year: good rows are kept, bad ones are told one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.policies import events
from haoke.policies.models import CalendarDay, CalendarSlot, CalendarYear, WorkCalendar
from haoke.policies.rules.listed_days import ListedDay, RejectedRow, read_list
from haoke.policies.services.calendars import changing
from haoke.timeline.services import record


@dataclass(frozen=True)
class ImportReport:
    """What came of an import."""

    year: int
    accepted: Sequence[ListedDay]
    rejected: Sequence[RejectedRow]


@transaction.atomic
def import_calendar_year(
    *,
    calendar_code: str,
    year: int,
    content: bytes,
    source: str,
    is_provisional: bool = False,
    version: int | None = None,
    by: Actor,
) -> ImportReport:
    """Takes over the list of a year from a JSON or CSV file.

    A listed day replaces what was marked there; provisional days of the year that the list does not confirm go. A list
    without a single usable row changes nothing. Raises Forbidden, UnknownCalendar, CalendarChangedMeanwhile,
    ListNotReadable.
    """
    now = clock.now()
    by.require("policies.change")
    accepted, rejected = read_list(content, year=year)
    if accepted:
        calendar = changing(calendar_code, version)
        _take_over(calendar, year, accepted, source.strip(), is_provisional)
        record(
            events.CalendarYearImported(
                calendar_id=calendar.pk,
                code=calendar.code,
                year=year,
                source=source.strip(),
                is_provisional=is_provisional,
                accepted=len(accepted),
                rejected=len(rejected),
            ),
            by=by,
            at=now,
        )
    return ImportReport(year, accepted, rejected)


def _take_over(
    calendar: WorkCalendar, year: int, listed: Sequence[ListedDay], source: str, is_provisional: bool
) -> None:
    CalendarYear.objects.update_or_create(
        calendar=calendar, year=year, defaults={"source": source, "is_provisional": is_provisional}
    )
    CalendarDay.objects.filter(calendar=calendar, on__year=year, is_provisional=True).delete()
    CalendarSlot.objects.filter(calendar=calendar, day__on__in=[day.on for day in listed]).delete()
    CalendarDay.objects.bulk_create(
        (
            CalendarDay(
                calendar=calendar,
                on=day.on,
                is_working=day.is_working,
                name=day.name,
                source=source,
                is_provisional=is_provisional,
            )
            for day in listed
        ),
        update_conflicts=True,
        unique_fields=["calendar", "on"],
        update_fields=["is_working", "name", "source", "is_provisional"],
    )
