"""The shapes of what people send about policies and calendars."""

from haoke.policies.forms.calendars import FIRST_YEAR, LAST_YEAR, CalendarDayForm, CalendarYearForm, WeeklyHoursForm
from haoke.policies.forms.policies import PolicyForm, policy_form

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "CalendarDayForm",
    "CalendarYearForm",
    "PolicyForm",
    "WeeklyHoursForm",
    "policy_form",
]
