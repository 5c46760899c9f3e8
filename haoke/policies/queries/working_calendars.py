"""Calendars as values to count with, kept in the process until somebody changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from haoke.policies.errors import UnknownCalendar
from haoke.policies.models import CalendarDay, CalendarSlot, CalendarYear, WorkCalendar
from haoke.policies.rules.calendars import MarkedDay, WorkingCalendar
from haoke.policies.rules.hours import Slot

# The calendar the house is born with: China's public holidays, Monday to Friday.
STANDARD = "china"

# By calendar id: the stamp of the row it was read from, and the value.
_kept: dict[int, tuple[tuple[int, str], WorkingCalendar]] = {}


def working_calendar(code: str = STANDARD) -> WorkingCalendar:
    """A calendar as the value that deadlines are counted with; one query, three more after somebody changed it.

    Raises UnknownCalendar.
    """
    return calendar_in_use(code)[1]


def calendar_in_use(code: str) -> tuple[int, WorkingCalendar]:
    """A calendar's id and its value, as `working_calendar`. Raises UnknownCalendar."""
    row = _stamped(WorkCalendar.objects.filter(code=code)).first()
    if row is None:
        raise UnknownCalendar(code=code)
    return row.pk, _known(row)


def working_calendars(calendar_ids: Iterable[int]) -> dict[int, WorkingCalendar]:
    """The values of several calendars by id; one query where none has changed."""
    rows = _stamped(WorkCalendar.objects.filter(pk__in=set(calendar_ids)))
    return {row.pk: _known(row) for row in rows}


def value_of(row: WorkCalendar) -> WorkingCalendar:
    """The value of a calendar as its rows stand now; three queries."""
    by_weekday: dict[int, list[Slot]] = {}
    by_day: dict[int, list[Slot]] = {}
    for slot in CalendarSlot.objects.filter(calendar=row):
        if slot.weekday is not None:
            by_weekday.setdefault(slot.weekday, []).append(Slot(slot.opens, slot.closes))
        elif slot.day_id is not None:
            by_day.setdefault(slot.day_id, []).append(Slot(slot.opens, slot.closes))
    return WorkingCalendar(
        zone=ZoneInfo(row.zone),
        week={weekday: tuple(slots) for weekday, slots in by_weekday.items()},
        days=dict(_marked(CalendarDay.objects.filter(calendar=row), by_day)),
        follows_public_holidays=row.follows_public_holidays,
        published_years=frozenset(
            CalendarYear.objects.filter(calendar=row, is_provisional=False).values_list("year", flat=True)
        ),
    )


def _stamped(rows: QuerySet[WorkCalendar]) -> QuerySet[WorkCalendar]:
    # The transaction that wrote the row: a version number alone would come back after a change that was rolled back.
    return rows.annotate(written_by=RawSQL('"policies_workcalendar"."xmin"::text', ()))


def _known(row: WorkCalendar) -> WorkingCalendar:
    stamp = (row.version, row.written_by)  # type: ignore[attr-defined]
    kept = _kept.get(row.pk)
    if kept is None or kept[0] != stamp:
        kept = _kept[row.pk] = (stamp, value_of(row))
    return kept[1]


def _marked(days: Iterable[CalendarDay], slots: Mapping[int, list[Slot]]) -> Iterable[tuple[date, MarkedDay]]:
    for day in days:
        yield day.on, MarkedDay(day.is_working, day.name, tuple(slots.get(day.pk, ())), day.is_provisional)
