"""Working calendars as values to count with, and as a year to look at."""

from __future__ import annotations

from calendar import Calendar as Months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from haoke.core import clock
from haoke.policies.choices import Weekday
from haoke.policies.errors import UnknownCalendar
from haoke.policies.models import CalendarDay, CalendarSlot, CalendarYear, WorkCalendar
from haoke.policies.rules.calendars import DayPlan, MarkedDay, WorkingCalendar
from haoke.policies.rules.hours import Slot, write_hours

# The calendar the house is born with: China's public holidays, Monday to Friday.
STANDARD = "china"


@dataclass(frozen=True)
class DayCell:
    """One day of a year at a glance."""

    on: date
    plan: DayPlan
    is_marked: bool
    is_provisional: bool
    is_today: bool

    @property
    def is_working(self) -> bool:
        return bool(self.plan.slots)


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday to Sunday; None stands for a day of a neighbouring month."""

    number: int
    weeks: list[list[DayCell | None]]


@dataclass(frozen=True)
class YearOverview:
    """A year of a calendar: its months, the list it follows and how many days are worked."""

    calendar: WorkCalendar
    year: int
    months: list[Month]
    listed: CalendarYear | None
    working_days: int
    is_provisional: bool
    hours: list[tuple[str, str]]


@dataclass(frozen=True)
class DayDetail:
    """One date of a calendar: its mark, if any, and the hours worked; `own_hours` are those of the mark itself."""

    calendar: WorkCalendar
    on: date
    weekday: str
    mark: CalendarDay | None
    hours: str
    own_hours: str


def calendars() -> list[WorkCalendar]:
    return list(WorkCalendar.objects.all())


def calendar(code: str) -> WorkCalendar:
    """A calendar by its code. Raises UnknownCalendar."""
    found = WorkCalendar.objects.filter(code=code).first()
    if found is None:
        raise UnknownCalendar(code=code)
    return found


def working_calendar(code: str = STANDARD) -> WorkingCalendar:
    """A calendar as the value that deadlines are counted with; four queries, so load it once for many deadlines.

    Raises UnknownCalendar.
    """
    return _value_of(calendar(code))


def year_overview(code: str, year: int) -> YearOverview:
    """A year at a glance. Raises UnknownCalendar."""
    row = calendar(code)
    value = _value_of(row)
    today = value.local_date(clock.now())
    months = [_month(year, number, value, today) for number in range(1, 13)]
    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    return YearOverview(
        calendar=row,
        year=year,
        months=months,
        listed=CalendarYear.objects.filter(calendar=row, year=year).first(),
        working_days=sum(cell.is_working for cell in cells),
        is_provisional=value.is_provisional(date(year, 1, 1)),
        hours=_hours_of_week(value),
    )


def day_detail(code: str, on: date) -> DayDetail:
    """What a calendar says about a date. Raises UnknownCalendar."""
    row = calendar(code)
    value = _value_of(row)
    marked = value.days.get(on)
    return DayDetail(
        calendar=row,
        on=on,
        weekday=str(Weekday(on.isoweekday()).label),
        mark=row.days.filter(on=on).first(),
        hours=write_hours(value.plan(on).slots),
        own_hours=write_hours(marked.slots) if marked else "",
    )


def calendar_hours(code: str) -> tuple[WorkCalendar, dict[int, str]]:
    """The calendar and its hours as written, by ISO weekday. Raises UnknownCalendar."""
    row = calendar(code)
    week = _value_of(row).week
    return row, {weekday: write_hours(week.get(weekday, ())) for weekday in Weekday.values}


def _value_of(row: WorkCalendar) -> WorkingCalendar:
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


def _marked(days: Iterable[CalendarDay], slots: dict[int, list[Slot]]) -> Iterable[tuple[date, MarkedDay]]:
    for day in days:
        yield day.on, MarkedDay(day.is_working, day.name, tuple(slots.get(day.pk, ())), day.is_provisional)


def _month(year: int, number: int, value: WorkingCalendar, today: date) -> Month:
    weeks = Months().monthdatescalendar(year, number)
    return Month(number, [[_cell(on, value, today) if on.month == number else None for on in week] for week in weeks])


def _cell(on: date, value: WorkingCalendar, today: date) -> DayCell:
    return DayCell(on, value.plan(on), on in value.days, value.is_provisional(on), on == today)


def _hours_of_week(value: WorkingCalendar) -> list[tuple[str, str]]:
    """Each weekday with its hours as written; empty hours for a day off."""
    return [(str(weekday.label), write_hours(value.week.get(weekday, ()))) for weekday in Weekday]
