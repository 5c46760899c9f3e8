"""Service targets and their floor: how fast we promise to be, and the slowest promise anybody may get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from haoke.policies.choices import PausingState
from haoke.policies.errors import InvalidPolicyValue, TargetBelowFloor, TargetOutOfReach
from haoke.policies.rules.calendars import WorkingCalendar
from haoke.policies.rules.policy_value import PolicyValue

MINUTE = 60
# The promises of time, as the fields of targets and floor are called.
PROMISES = ("first_response", "next_response", "resolution")
MINUTES_OF = {promise: f"{promise}_minutes" for promise in PROMISES}
MOST_MINUTES = 100_000
LONGEST_WEEKS = 104


@dataclass(frozen=True, kw_only=True)
class Promises(PolicyValue):
    """Working minutes for each promise of time; None where it is not made."""

    bounds = dict.fromkeys(MINUTES_OF.values(), (1, MOST_MINUTES))
    optional = frozenset(MINUTES_OF.values())
    first_response_minutes: int | None
    next_response_minutes: int | None
    resolution_minutes: int | None

    def minutes(self, promise: str) -> int | None:
        return getattr(self, MINUTES_OF[promise])

    @property
    def words(self) -> dict[str, Any]:
        return {promise: self.minutes(promise) or "—" for promise in PROMISES}


@dataclass(frozen=True, kw_only=True)
class ServiceFloor(Promises):
    """What is promised to everybody: no target may be slower."""


@dataclass(frozen=True, kw_only=True)
class ServiceTargets(Promises):
    """Working minutes by a calendar; where a promise is not made, there is no clock of that kind.

    `warning_percent` of the target are left when the clock warns, 0 never warns. A first response is never paused
    (RULINGS, Clocks), so only the others name the states of the conversation in which they stand still.
    """

    bounds = {**Promises.bounds, "warning_percent": (0, 90)}
    calendar: str
    warning_percent: int
    next_response_pauses: tuple[str, ...]
    resolution_pauses: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.calendar, str) or not self.calendar:
            raise InvalidPolicyValue(field="calendar", parts="calendar")
        for name in ("next_response_pauses", "resolution_pauses"):
            # Stored as a list, compared as a value: the order in which states were ticked says nothing.
            object.__setattr__(self, name, _states(getattr(self, name), field=name))

    def seconds(self, promise: str) -> int | None:
        minutes = self.minutes(promise)
        return None if minutes is None else minutes * MINUTE

    def warning_seconds(self, promise: str) -> int:
        """So many working seconds before the end the clock warns; 0 for never."""
        return (self.seconds(promise) or 0) * self.warning_percent // 100

    def pauses(self, promise: str) -> frozenset[str]:
        """The states in which the clock stands still."""
        return frozenset(getattr(self, f"{promise}_pauses", ()))


def promises_below(targets: ServiceTargets, floor: ServiceFloor) -> list[str]:
    """Which promises are slower than the floor, or not made although the floor makes them to everybody."""
    return [
        promise
        for promise in PROMISES
        if (limit := floor.minutes(promise)) is not None and (targets.minutes(promise) or MOST_MINUTES + 1) > limit
    ]


def check_floor(targets: ServiceTargets, floor: ServiceFloor) -> None:
    """Raises TargetBelowFloor, naming the part and what the floor allows."""
    for promise in promises_below(targets, floor):
        raise TargetBelowFloor(field=MINUTES_OF[promise], floor=floor.minutes(promise))


def check_within_reach(targets: ServiceTargets, calendar: WorkingCalendar) -> None:
    """The calendar has hours, and enough of them that every target is used up within two years.

    Raises CalendarWithoutHours, TargetOutOfReach.
    """
    calendar.require_hours()
    weekly_minutes = sum(slot.closes - slot.opens for slots in calendar.week.values() for slot in slots)
    for promise in PROMISES:
        if (targets.minutes(promise) or 0) > weekly_minutes * LONGEST_WEEKS:
            raise TargetOutOfReach(field=MINUTES_OF[promise])


def _states(given: Any, *, field: str) -> tuple[str, ...]:
    if not isinstance(given, Iterable) or isinstance(given, str | Mapping):
        raise InvalidPolicyValue(field=field, parts=", ".join(PausingState.values))
    states = sorted(set(given), key=str)
    if any(state not in PausingState.values for state in states):
        raise InvalidPolicyValue(field=field, parts=", ".join(PausingState.values))
    return tuple(states)
