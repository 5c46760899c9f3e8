"""The door for reading policies and counting in working time."""

from haoke.policies.queries.calendars import (
    YearOverview,
    calendar,
    calendar_hours,
    calendars,
    day_detail,
    year_overview,
)
from haoke.policies.queries.policies import PolicyDetail, PolicySummary, as_of, history, overview, policy_detail
from haoke.policies.queries.service_targets import (
    ScopedPolicy,
    TargetsInForce,
    policy_version,
    scoped_policies,
    service_targets,
    targets_of,
    version_in_force,
)
from haoke.policies.queries.working_calendars import STANDARD, working_calendar, working_calendars
from haoke.policies.rules.calendars import WorkingCalendar
from haoke.policies.rules.scopes import EVERYWHERE, Scope
from haoke.policies.rules.service_targets import PROMISES, ServiceFloor, ServiceTargets
from haoke.policies.rules.working_time import (
    Deadline,
    Pause,
    Stretch,
    add_working_days,
    add_working_seconds,
    explain,
    is_working_day,
    next_opening,
    passage,
    working_seconds_between,
)

__all__ = [
    "EVERYWHERE",
    "PROMISES",
    "STANDARD",
    "Deadline",
    "Pause",
    "PolicyDetail",
    "PolicySummary",
    "Scope",
    "ScopedPolicy",
    "ServiceFloor",
    "ServiceTargets",
    "Stretch",
    "TargetsInForce",
    "WorkingCalendar",
    "YearOverview",
    "add_working_days",
    "add_working_seconds",
    "as_of",
    "calendar",
    "calendar_hours",
    "calendars",
    "day_detail",
    "explain",
    "history",
    "is_working_day",
    "next_opening",
    "overview",
    "passage",
    "policy_detail",
    "policy_version",
    "scoped_policies",
    "service_targets",
    "targets_of",
    "version_in_force",
    "working_calendar",
    "working_calendars",
    "working_seconds_between",
    "year_overview",
]
