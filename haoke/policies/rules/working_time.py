"""How working time passes: when a target is used up, how much of it is gone, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from haoke.policies.choices import Pace, Reason
from haoke.policies.rules.calendars import DAY, WorkingCalendar
from haoke.policies.rules.hours import WHOLE_DAY

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still, half-open; `name` says why."""

    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time, half-open, that counts or does not, and why; `name` is the holiday's or the pause's."""

    start: datetime
    end: datetime
    pace: Pace
    reason: Reason
    name: str = ""

    @property
    def length(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a target is due, every stretch on the way there, and whether a holiday list may still move it."""

    due_at: datetime
    stretches: tuple[Stretch, ...]
    is_provisional: bool


def add_working_seconds(
    start: datetime, seconds: int, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> datetime:
    """When so many working seconds have passed since the start.

    Used up exactly at closing time is due at closing time; what starts after hours begins at the next opening.
    Raises CalendarWithoutHours.
    """
    return explain(start, seconds, calendar, pauses).due_at


def working_seconds_between(
    start: datetime, end: datetime, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> int:
    """The whole working seconds from one moment to another, negative where the end comes first.

    Raises CalendarWithoutHours.
    """
    if end < start:
        return -working_seconds_between(end, start, calendar, pauses)
    total = timedelta()
    for stretch in _stretches(start, calendar, pauses):
        if stretch.start >= end:
            break
        if stretch.pace == Pace.COUNTED:
            total += min(stretch.end, end) - stretch.start
    return total // SECOND


def explain(start: datetime, seconds: int, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> Deadline:
    """Why this deadline? Every stretch from the start to the moment the target is used up, without gaps.

    Raises CalendarWithoutHours, ValueError for a negative target.
    """
    if seconds < 0:
        raise ValueError("A target is not negative.")
    left = seconds * SECOND
    passed: list[Stretch] = []
    stretches = _stretches(start, calendar, pauses)
    while left:
        stretch = next(stretches)
        if stretch.pace == Pace.COUNTED:
            stretch = replace(stretch, end=min(stretch.end, stretch.start + left))
            left -= stretch.length
        passed.append(stretch)
    due_at = passed[-1].end if passed else start.astimezone(UTC)
    first, last = calendar.local_date(start), calendar.local_date(due_at)
    return Deadline(due_at, tuple(_joined(passed)), calendar.is_provisional_between(first, last))


def passage(
    start: datetime, end: datetime, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> tuple[Stretch, ...]:
    """Every stretch from one moment to a later one, without gaps. Raises CalendarWithoutHours."""
    passed: list[Stretch] = []
    for stretch in _stretches(start, calendar, pauses):
        if stretch.start >= end:
            break
        passed.append(replace(stretch, end=min(stretch.end, end)))
    return tuple(_joined(passed))


def next_opening(at: datetime, calendar: WorkingCalendar) -> datetime:
    """The moment itself within working hours, otherwise when they next begin. Raises CalendarWithoutHours."""
    return next(stretch.start for stretch in _stretches(at, calendar, ()) if stretch.pace == Pace.COUNTED)


def is_working_day(day: date, calendar: WorkingCalendar) -> bool:
    """Whether anybody works on the date."""
    return bool(calendar.plan(day).slots)


def add_working_days(day: date, number: int, calendar: WorkingCalendar) -> date:
    """The n-th working day after a date; counting begins on the day after (METHODS B13).

    Raises CalendarWithoutHours, ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("A number of working days is not negative.")
    calendar.require_hours()
    while number:
        day += DAY
        number -= is_working_day(day, calendar)
    return day


def _stretches(start: datetime, calendar: WorkingCalendar, pauses: Iterable[Pause]) -> Iterator[Stretch]:
    """All time from the start on, cut where its pace changes; without end, so the caller stops."""
    calendar.require_hours()
    start = start.astimezone(UTC)
    stops = _apart(pauses)
    day = calendar.local_date(start)
    while True:
        for stretch in _day_stretches(day, calendar):
            if stretch.end > start:
                begun = replace(stretch, start=max(stretch.start, start))
                yield from _cut(begun, stops) if begun.pace == Pace.COUNTED else (begun,)
        day += DAY


def _day_stretches(day: date, calendar: WorkingCalendar) -> Iterator[Stretch]:
    """One date from midnight to midnight on the wall."""
    plan = calendar.plan(day)
    at, day_ends = calendar.moment(day, 0), calendar.moment(day, WHOLE_DAY)
    closed = Reason.OUTSIDE_HOURS if plan.slots else plan.reason
    name_when_closed = "" if plan.slots else plan.name
    for slot in plan.slots:
        opens, closes = calendar.moment(day, slot.opens), calendar.moment(day, slot.closes)
        if at < opens:
            yield Stretch(at, opens, Pace.SKIPPED, closed, name_when_closed)
        if opens < closes:
            yield Stretch(opens, closes, Pace.COUNTED, plan.reason, plan.name)
        at = closes
    if at < day_ends:
        yield Stretch(at, day_ends, Pace.SKIPPED, closed, name_when_closed)


def _cut(stretch: Stretch, stops: Iterable[Pause]) -> Iterator[Stretch]:
    """A counted stretch with the stops inside it marked; `stops` are in order and apart."""
    at = stretch.start
    for stop in stops:
        stop_starts, stop_ends = max(stop.start, at), min(stop.end, stretch.end)
        if stop_starts < stop_ends:
            if at < stop_starts:
                yield replace(stretch, start=at, end=stop_starts)
            yield Stretch(stop_starts, stop_ends, Pace.PAUSED, Reason.PAUSE, stop.name)
            at = stop_ends
    if at < stretch.end:
        yield replace(stretch, start=at)


def _apart(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses in order and apart, in UTC: where two overlap, the later one begins when the earlier one ends."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        start, end = pause.start.astimezone(UTC), pause.end.astimezone(UTC)
        if merged:
            start = max(start, merged[-1].end)
        if start < end:
            merged.append(Pause(start, end, pause.name))
    return tuple(merged)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind as one, so that a holiday week is a single line."""
    waiting: Stretch | None = None
    for stretch in stretches:
        if waiting and (waiting.pace, waiting.reason, waiting.name) == (stretch.pace, stretch.reason, stretch.name):
            waiting = replace(waiting, end=stretch.end)
            continue
        if waiting:
            yield waiting
        waiting = stretch
    if waiting:
        yield waiting
