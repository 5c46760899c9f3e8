"""Which days and hours are worked: the week, and the dates on which it is otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from haoke.policies.choices import Reason
from haoke.policies.errors import CalendarWithoutHours
from haoke.policies.rules.hours import WHOLE_DAY, Slot, slots_in_order

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A date on which the week does not apply: a day off, or a workday with hours of its own or the usual ones."""

    is_working: bool
    name: str = ""
    slots: tuple[Slot, ...] = ()
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The hours of one date and why they are so; without slots nobody works."""

    slots: tuple[Slot, ...]
    reason: Reason
    name: str = ""


@dataclass(frozen=True)
class WorkingCalendar:
    """A zone, a week and its marked days.

    `week` holds the slots by ISO weekday (1 is Monday). Where `follows_public_holidays`, only `published_years` are
    known: a date in another year is provisional, because its days off are not out yet.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[Slot, ...]]
    days: Mapping[date, MarkedDay] = field(default_factory=dict)
    follows_public_holidays: bool = False
    published_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        week = {weekday: slots_in_order(slots) for weekday, slots in self.week.items() if slots}
        object.__setattr__(self, "week", week)

    @property
    def usual_slots(self) -> tuple[Slot, ...]:
        """The hours of a make-up workday: those of the first day of the week that has any."""
        return self.week[min(self.week)] if self.week else ()

    def plan(self, day: date) -> DayPlan:
        """What applies on a date."""
        weekly = self.week.get(day.isoweekday(), ())
        marked = self.days.get(day)
        if marked is None:
            return DayPlan(weekly, Reason.WORKING_HOURS if weekly else Reason.DAY_WITHOUT_WORK)
        if not marked.is_working:
            return DayPlan((), Reason.DAY_OFF, marked.name)
        reason = Reason.WORKING_HOURS if weekly else Reason.MAKE_UP_WORKDAY
        return DayPlan(slots_in_order(marked.slots) or weekly or self.usual_slots, reason, marked.name)

    def is_provisional(self, day: date) -> bool:
        """Whether the list that decides about this date may still change."""
        marked = self.days.get(day)
        if marked is not None and marked.is_provisional:
            return True
        return self.follows_public_holidays and day.year not in self.published_years

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Whether any date of the stretch, both ends included, is provisional."""
        return any(self.is_provisional(first + n * DAY) for n in range((last - first).days + 1))

    def local_date(self, at: datetime) -> date:
        """The date on the wall at that moment."""
        return at.astimezone(self.zone).date()

    def moment(self, day: date, minutes: int) -> datetime:
        """The moment so many minutes after midnight on the wall, in UTC.

        Of an hour that the clocks repeat, the first counts; a time that they leave out is the moment of the change.
        """
        days, minutes = divmod(minutes, WHOLE_DAY)
        wall = datetime.combine(day + days * DAY, time(minutes // 60, minutes % 60), self.zone)
        at = wall.astimezone(UTC)
        exists = at.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
        return at if exists else _clock_change(wall)

    def require_hours(self) -> None:
        """Raises CalendarWithoutHours where no week has any, so that nobody counts for ever."""
        if not self.week:
            raise CalendarWithoutHours()


def _clock_change(wall: datetime) -> datetime:
    """The moment at which the clocks jump over a time on the wall, found by halving."""
    zone = wall.tzinfo
    # The two readings of a missing time lie on either side of the jump.
    before = wall.replace(fold=1).astimezone(UTC)
    after = wall.replace(fold=0).astimezone(UTC)
    offset_after = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset_after:
            after = middle
        else:
            before = middle
    return after
