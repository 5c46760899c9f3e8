"""Which service targets apply in which circumstances, and what people planned for later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haoke.core.errors import NotFound
from haoke.policies.choices import PolicyType, WithoutTargets
from haoke.policies.errors import CalendarWithoutHours, UnknownCalendar
from haoke.policies.models import Policy
from haoke.policies.queries.working_calendars import calendar_in_use
from haoke.policies.rules.calendars import WorkingCalendar
from haoke.policies.rules.scopes import EVERYWHERE, Scope
from haoke.policies.rules.service_targets import ServiceTargets


@dataclass(frozen=True)
class TargetsInForce:
    """One version of service targets with the calendar it counts by."""

    policy_id: int
    targets: ServiceTargets
    calendar_id: int
    calendar: WorkingCalendar


@dataclass(frozen=True)
class ScopedPolicy:
    """What is in force and what is planned for one scope; `current` is None where everything is still to come."""

    scope: Scope
    current: Policy | None
    planned: Policy | None

    @property
    def version(self) -> Policy:
        """The version that stands for the scope: the one in force, else the next."""
        found = self.current or self.planned
        assert found is not None
        return found


def version_in_force(type: str, *, at: datetime, scope: Scope = EVERYWHERE) -> Policy | None:
    """The version that applied at a moment in the circumstances, the most particular one; one query."""
    return Policy.objects.filter(type=type).in_force(at).covering(scope).first()


def service_targets(scope: Scope, *, at: datetime) -> TargetsInForce | WithoutTargets:
    """The targets that applied at a moment in the circumstances, or why there are none; two queries."""
    policy = version_in_force(PolicyType.SERVICE_TARGETS, at=at, scope=scope)
    if policy is None:
        return WithoutTargets.NO_POLICY
    targets = targets_of(policy)
    try:
        calendar_id, calendar = calendar_in_use(targets.calendar)
        calendar.require_hours()
    except (UnknownCalendar, CalendarWithoutHours):
        return WithoutTargets.CALENDAR_WITHOUT_HOURS
    return TargetsInForce(policy.pk, targets, calendar_id, calendar)


def targets_of(policy: Policy) -> ServiceTargets:
    """What a version of service targets says."""
    value = policy.typed_value
    assert isinstance(value, ServiceTargets)
    return value


def scoped_policies(type: str, *, at: datetime) -> list[ScopedPolicy]:
    """Every scope that has a version in force or planned, the most particular first; one query."""
    by_scope: dict[Scope, list[Policy]] = {}
    for row in Policy.objects.filter(type=type).not_ended(at).order_by("valid_from"):
        by_scope.setdefault(row.scope, []).append(row)
    found = [
        ScopedPolicy(
            scope,
            next((row for row in rows if row.valid_from <= at), None),
            next((row for row in rows if row.valid_from > at), None),
        )
        for scope, rows in by_scope.items()
    ]
    return sorted(found, key=lambda each: (each.scope.rank, each.scope.parts), reverse=True)


def policy_version(policy_id: int, type: str) -> Policy:
    """One version of a policy of this type. Raises NotFound."""
    found = Policy.objects.filter(pk=policy_id, type=type).first()
    if found is None:
        raise NotFound()
    return found
