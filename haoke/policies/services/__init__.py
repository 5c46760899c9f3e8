"""The door for changing policies and calendars."""

from haoke.policies.services.calendars import change_weekly_hours, clear_calendar_day, mark_calendar_day
from haoke.policies.services.importing import ImportReport, import_calendar_year
from haoke.policies.services.policies import change_policy, withdraw_policy_change

__all__ = [
    "ImportReport",
    "change_policy",
    "change_weekly_hours",
    "clear_calendar_day",
    "import_calendar_year",
    "mark_calendar_day",
    "withdraw_policy_change",
]
