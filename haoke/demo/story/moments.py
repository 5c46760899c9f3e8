"""When something in the story happened, counted back from the day the demo is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workday:
    """A time of day some workdays ago (Monday to Friday; holidays do not matter to a story)."""

    days_ago: int
    at: time


When = Workday | timedelta


def on(days_ago: int, at: str) -> Workday:
    """`on(3, "09:40")`: three workdays ago, in the morning."""
    return Workday(days_ago, time.fromisoformat(at))


def ago(*, minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def moment(when: When, *, now: datetime, zone: tzinfo) -> datetime:
    """The moment meant, before `now`."""
    if isinstance(when, timedelta):
        return now - when
    day = now.astimezone(zone).date()
    left = when.days_ago
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return datetime.combine(day, when.at, tzinfo=zone)
