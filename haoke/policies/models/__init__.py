"""The tables of policies and calendars."""

from haoke.policies.models.calendars import CalendarDay, CalendarSlot, CalendarYear, WorkCalendar
from haoke.policies.models.policies import Policy

__all__ = ["CalendarDay", "CalendarSlot", "CalendarYear", "Policy", "WorkCalendar"]
