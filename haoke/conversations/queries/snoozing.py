"""The moments that the short words for putting off mean today."""

from __future__ import annotations

from datetime import datetime, time

from haoke.conversations import rules
from haoke.core import clock
from haoke.policies import queries as policies
from haoke.policies.errors import CalendarWithoutHours

# Where the calendar has no hours at all, a day still has a morning.
MORNING = time(9)


def snooze_moment(choice: str) -> datetime:
    """When “later today”, “tomorrow morning” or “next week” is, by the house's working calendar."""
    calendar = policies.working_calendar()

    def opening(at: datetime) -> datetime:
        try:
            return policies.next_opening(at, calendar)
        except CalendarWithoutHours:
            local = at.astimezone(calendar.zone)
            morning = datetime.combine(local.date(), MORNING, tzinfo=calendar.zone)
            return max(at, morning)

    return rules.snooze_until(choice, now=clock.now(), zone=calendar.zone, opening=opening)
