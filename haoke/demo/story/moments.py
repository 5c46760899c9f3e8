"""When something in the story happened or will happen, counted from the moment the demo is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from haoke.policies import queries as policies
from haoke.policies.queries import WorkingCalendar

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workday:
    """A time of day some workdays ago, or ahead (Monday to Friday; holidays do not matter to a story)."""

    days_ago: int
    at: time


@dataclass(frozen=True, slots=True)
class WorkedSince:
    """A moment since which people have worked so long, by the house's calendar: what makes a clock nearly run out."""

    minutes: int


When = Workday | WorkedSince | timedelta


@dataclass(frozen=True, slots=True)
class Present:
    """The moment the story leads up to, and by what days and hours it counts back."""

    now: datetime
    zone: tzinfo
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def coming_week(self) -> tuple[datetime, datetime]:
        """From Monday to the end of Friday, half-open."""
        monday = self.today + timedelta(days=7 - self.today.weekday())
        saturday = monday + timedelta(days=SATURDAY)
        return datetime.combine(monday, time(), self.zone), datetime.combine(saturday, time(), self.zone)


def on(days_ago: int, at: str) -> Workday:
    """`on(3, "09:40")`: three workdays ago, in the morning."""
    return Workday(days_ago, time.fromisoformat(at))


def ahead(days: int, at: str) -> Workday:
    """`ahead(1, "09:00")`: the next workday, in the morning."""
    return Workday(-days, time.fromisoformat(at))


def ago(*, minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def worked(*, minutes: int) -> WorkedSince:
    """`worked(minutes=60)`: an hour of working time ago, which on a Monday morning is late on Friday."""
    return WorkedSince(minutes)


def moment(when: When, present: Present) -> datetime:
    """The moment meant."""
    match when:
        case timedelta():
            return present.now - when
        case WorkedSince(minutes=minutes):
            return _worked_since(minutes * 60, present)
    return _on_workday(when, present)


def _on_workday(when: Workday, present: Present) -> datetime:
    day, left = present.today, abs(when.days_ago)
    while left:
        day += DAY if when.days_ago < 0 else -DAY
        left -= day.weekday() < SATURDAY
    return datetime.combine(day, when.at, tzinfo=present.zone)


def _worked_since(seconds: int, present: Present) -> datetime:
    """Goes back by whole days until there was enough work, then forth again by what is too much."""
    end = present.now.replace(microsecond=0)
    start = end
    while (passed := policies.working_seconds_between(start, end, present.calendar)) < seconds:
        start -= DAY
    return policies.add_working_seconds(start, passed - seconds, present.calendar)
