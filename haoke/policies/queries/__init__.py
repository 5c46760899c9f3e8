"""The door for reading policies and counting in working time."""

from haoke.policies.queries.calendars import (
    STANDARD,
    YearOverview,
    calendar,
    calendar_hours,
    calendars,
    day_detail,
    working_calendar,
    year_overview,
)
from haoke.policies.queries.policies import PolicyDetail, PolicySummary, as_of, history, overview, policy_detail
from haoke.policies.rules.calendars import WorkingCalendar
from haoke.policies.rules.scopes import EVERYWHERE, Scope
from haoke.policies.rules.working_time import (
    Deadline,
    Pause,
    Stretch,
    add_working_days,
    add_working_seconds,
    explain,
    is_working_day,
    next_opening,
    working_seconds_between,
)

__all__ = [
    "EVERYWHERE",
    "STANDARD",
    "Deadline",
    "Pause",
    "PolicyDetail",
    "PolicySummary",
    "Scope",
    "Stretch",
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
    "policy_detail",
    "working_calendar",
    "working_seconds_between",
    "year_overview",
]
