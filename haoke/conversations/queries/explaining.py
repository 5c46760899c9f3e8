"""Why this deadline? Every stretch from the start on, what it did to the clock and why, and who promised it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from haoke.conversations.choices import State
from haoke.conversations.models import Clock, Conversation
from haoke.conversations.queries.clocks import ClockView, pauses_of, view_of
from haoke.conversations.queries.reach import readable_conversations
from haoke.conversations.rules import clocks as rules
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.policies import errors as policy_errors
from haoke.policies import queries as policies
from haoke.policies.choices import Pace


@dataclass(frozen=True)
class ExplainedStretch:
    """One line of the explanation; `counted_seconds` is what it used of the target, `total_seconds` all so far."""

    start: datetime
    end: datetime
    pace: str
    pace_label: str
    reason: str
    seconds: int
    counted_seconds: int
    total_seconds: int


@dataclass(frozen=True)
class Explanation:
    """A deadline taken apart.

    `computed_due_at` is what the calendar gives as it is today; where it differs from the deadline that applied, the
    calendar was changed since and `is_changed_since` says so. Without hours in the calendar there is nothing to list.
    """

    clock: ClockView
    conversation: Conversation
    stretches: list[ExplainedStretch]
    calendar_name: str
    zone: str
    policy_version: int
    policy_author: str
    policy_reason: str
    policy_since: datetime
    computed_due_at: datetime | None
    warn_at: datetime | None
    warned_at: datetime | None
    breached_at: datetime | None
    has_hours: bool

    @property
    def is_changed_since(self) -> bool:
        return None not in (self.clock.due_at, self.computed_due_at) and self.clock.due_at != self.computed_due_at


def explanation(clock_id: int, actor: Actor, *, at: datetime | None = None) -> Explanation:
    """Every stretch that was counted, skipped or paused. Raises NotFound unless the actor may read the conversation."""
    now = at or clock.now()
    row = (
        Clock.objects.select_related("policy", "calendar", "conversation")
        .prefetch_related("pauses")
        .filter(pk=clock_id, conversation__in=readable_conversations(actor))
        .first()
    )
    if row is None:
        raise NotFound()
    calendar = policies.working_calendars([row.calendar_id])[row.calendar_id]
    try:
        stretches, computed_due_at = _taken_apart(row, calendar, now)
        has_hours = True
    except policy_errors.CalendarWithoutHours:
        stretches, computed_due_at, has_hours = [], None, False
    return Explanation(
        clock=view_of(row, calendar, now),
        conversation=row.conversation,
        stretches=stretches,
        calendar_name=row.calendar.name,
        zone=row.calendar.zone,
        policy_version=row.policy.version,
        policy_author=row.policy.changed_by_name,
        policy_reason=row.policy.reason,
        policy_since=row.policy.valid_from,
        computed_due_at=computed_due_at,
        warn_at=row.warn_at,
        warned_at=row.warned_at,
        breached_at=row.breached_at,
        has_hours=has_hours,
    )


def _taken_apart(
    row: Clock, calendar: policies.WorkingCalendar, now: datetime
) -> tuple[list[ExplainedStretch], datetime | None]:
    """The way to the deadline; for a clock that stands still without one, the way until now or until it stopped."""
    pauses = pauses_of(row, until=row.stopped_at or now)
    if row.due_at is not None:
        deadline = policies.explain(row.started_at, row.target_seconds, calendar, pauses)
        return _lines(deadline.stretches), deadline.due_at
    until = max(row.stopped_at or rules.whole_second(now), row.started_at)
    return _lines(policies.passage(row.started_at, until, calendar, pauses)), None


def _lines(stretches: tuple[policies.Stretch, ...]) -> list[ExplainedStretch]:
    lines: list[ExplainedStretch] = []
    total = 0
    for stretch in stretches:
        seconds = int(stretch.length.total_seconds())
        counted = seconds if stretch.pace == Pace.COUNTED else 0
        total += counted
        lines.append(
            ExplainedStretch(
                stretch.start,
                stretch.end,
                stretch.pace.value,
                str(stretch.pace.label),
                _reason(stretch),
                seconds,
                counted,
                total,
            )
        )
    return lines


def _reason(stretch: policies.Stretch) -> str:
    """The reason in words: a holiday by its name, a pause by the state of the conversation."""
    if stretch.pace == Pace.PAUSED:
        return _("the conversation was “%(state)s”") % {"state": State(stretch.name).label}
    if stretch.name:
        return _("%(reason)s: %(name)s") % {"reason": stretch.reason.label, "name": stretch.name}
    return str(stretch.reason.label)
