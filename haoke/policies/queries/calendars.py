"""Working calendars as people look at them: a year, a day, the hours of a week."""

from __future__ import annotations

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date

from haoke.core import clock
from haoke.policies.choices import Weekday
from haoke.policies.errors import UnknownCalendar
from haoke.policies.models import CalendarDay, CalendarYear, WorkCalendar
from haoke.policies.queries.working_calendars import value_of
from haoke.policies.rules.calendars import DayPlan, WorkingCalendar
from haoke.policies.rules.hours import write_hours


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


def year_overview(code: str, year: int) -> YearOverview:
    """A year at a glance. Raises UnknownCalendar."""
    row = calendar(code)
    value = value_of(row)
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
    value = value_of(row)
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
    week = value_of(row).week
    return row, {weekday: write_hours(week.get(weekday, ())) for weekday in Weekday.values}


def _month(year: int, number: int, value: WorkingCalendar, today: date) -> Month:
    weeks = Months().monthdatescalendar(year, number)
    return Month(number, [[_cell(on, value, today) if on.month == number else None for on in week] for week in weeks])


def _cell(on: date, value: WorkingCalendar, today: date) -> DayCell:
    return DayCell(on, value.plan(on), on in value.days, value.is_provisional(on), on == today)


def _hours_of_week(value: WorkingCalendar) -> list[tuple[str, str]]:
    """Each weekday with its hours as written; empty hours for a day off."""
    return [(str(weekday.label), write_hours(value.week.get(weekday, ()))) for weekday in Weekday]
