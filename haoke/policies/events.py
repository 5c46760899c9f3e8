"""What happens to policies and calendars."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from haoke.policies.choices import PolicyType
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(Fact):
    kind = "policy.changed"
    subject = "policy"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed the policy “%(type)s”: %(reason)s")
    icon = "settings"
    labels = {"type": PolicyType}
    policy_id: int
    type: str
    version: int
    old: dict[str, Any] | None
    new: dict[str, Any]
    valid_from: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PolicyChangeWithdrawn(Fact):
    kind = "policy_change.withdrawn"
    subject = "policy"
    audience = Audience.AUDIT
    sentence = _("%(by)s withdrew a planned change of the policy “%(type)s”")
    icon = "undo-2"
    labels = {"type": PolicyType}
    policy_id: int
    type: str
    version: int
    withdrawn: dict[str, Any]
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class CalendarFact(Fact):
    """About one calendar; whoever keeps open deadlines computes them anew."""

    subject = "calendar"
    audience = Audience.AUDIT
    icon = "calendar"
    calendar_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class CalendarDayMarked(CalendarFact):
    kind = "calendar_day.marked"
    sentence = _("%(by)s marked %(on)s in the calendar: %(name)s")
    on: str
    is_working: bool
    name: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class CalendarDayCleared(CalendarFact):
    kind = "calendar_day.cleared"
    sentence = _("%(by)s made %(on)s an ordinary day of the calendar again")
    on: str


@dataclass(frozen=True, kw_only=True)
class CalendarYearImported(CalendarFact):
    kind = "calendar_year.imported"
    sentence = _("%(by)s imported the days of %(year)s into the calendar: %(accepted)s taken, %(rejected)s left out")
    year: int
    source: str
    is_provisional: bool
    accepted: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class WeeklyHoursChanged(CalendarFact):
    kind = "weekly_hours.changed"
    sentence = _("%(by)s changed the weekly hours of the calendar")
    old: dict[str, str]
    new: dict[str, str]
