"""Until when a conversation may be put off, and which moments the short words for it mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo

from haoke.conversations.choices import SnoozeChoice
from haoke.conversations.errors import SnoozeUnfit

LATER = timedelta(hours=3)
LONGEST = timedelta(days=366)


def check_snooze(until: datetime, *, now: datetime) -> None:
    """Raises SnoozeUnfit for what is past already or more than a year away."""
    if not now < until <= now + LONGEST:
        raise SnoozeUnfit(field="until")


def snooze_until(choice: str, *, now: datetime, zone: tzinfo, opening: Callable[[datetime], datetime]) -> datetime:
    """The moment a short word means: it never falls outside working hours, which `opening` knows.

    `opening` gives the moment itself within working hours, otherwise when they next begin.
    """
    if choice == SnoozeChoice.LATER:
        return opening(now + LATER)
    today = now.astimezone(zone).date()
    days = 1 if choice == SnoozeChoice.TOMORROW else 7 - today.weekday()
    return opening(datetime.combine(today + timedelta(days=days), time(), tzinfo=zone))
