"""Keeping promises of time possible: no target below the floor, and a calendar by which each can be reached."""

from __future__ import annotations

from datetime import datetime

from haoke.core.database import lock_name
from haoke.policies import errors
from haoke.policies.choices import PolicyType
from haoke.policies.models import Policy
from haoke.policies.queries import ServiceFloor, ServiceTargets, targets_of, working_calendar
from haoke.policies.rules.service_targets import check_floor, check_within_reach, promises_below

# Changed under one lock, because each is held against the other.
HELD_TOGETHER = frozenset({PolicyType.SERVICE_TARGETS, PolicyType.SERVICE_FLOOR})
SERVICE_LOCK = "policies.service"


def check_targets_and_floor(changed: Policy) -> None:
    """Holds a version that was just written, or that goes on after a withdrawal, against all it meets in its time.

    Raises TargetBelowFloor, FloorAboveTargets, CalendarWithoutHours, TargetOutOfReach, UnknownCalendar.
    """
    value = changed.typed_value
    if isinstance(value, ServiceTargets):
        check_within_reach(value, working_calendar(value.calendar))
        for floor in _in_the_time_of(changed, PolicyType.SERVICE_FLOOR):
            check_floor(value, _floor_of(floor))
    elif isinstance(value, ServiceFloor):
        _check_all_targets(value, changed)


def check_calendar_in_use(code: str, *, at: datetime) -> None:
    """A calendar that targets count by, now or as planned, keeps hours enough for them. Raises CalendarInUse."""
    lock_name(SERVICE_LOCK)
    calendar = working_calendar(code)
    rows = Policy.objects.filter(type=PolicyType.SERVICE_TARGETS, value__calendar=code).not_ended(at)
    try:
        for row in rows:
            check_within_reach(targets_of(row), calendar)
    except (errors.CalendarWithoutHours, errors.TargetOutOfReach):
        raise errors.CalendarInUse() from None


def _check_all_targets(floor: ServiceFloor, changed: Policy) -> None:
    below = [
        row for row in _in_the_time_of(changed, PolicyType.SERVICE_TARGETS) if promises_below(targets_of(row), floor)
    ]
    if below:
        named = sorted({" · ".join(row.scope.parts) or "*" for row in below})
        raise errors.FloorAboveTargets(targets=", ".join(named))


def _in_the_time_of(changed: Policy, type: str) -> list[Policy]:
    """Versions of a type that are in force at some moment at which the changed one is."""
    rows = Policy.objects.filter(type=type).not_ended(changed.valid_from).order_by("pk")
    if changed.valid_to is not None:
        rows = rows.filter(valid_from__lt=changed.valid_to)
    return list(rows)


def _floor_of(row: Policy) -> ServiceFloor:
    value = row.typed_value
    assert isinstance(value, ServiceFloor)
    return value
