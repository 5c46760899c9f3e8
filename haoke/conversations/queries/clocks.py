"""The clocks of conversations as people see them: how far, until when, and in what state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from haoke.conversations.choices import ClockKind, ClockOutcome, ClockState, State
from haoke.conversations.models import Clock, Conversation
from haoke.conversations.queries.waiting import circumstances_of
from haoke.conversations.rules import clocks as rules
from haoke.core import clock
from haoke.policies import errors as policy_errors
from haoke.policies import queries as policies


@dataclass(frozen=True)
class ClockView:
    """One clock at this moment; `due_at` is None while it is paused, `left_seconds` is working time, below 0 if late.

    `state` is that of a running clock (ClockState), or kept, missed, cancelled, replaced for one that stopped.
    """

    id: int
    conversation_id: int
    kind: str
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    is_provisional: bool
    state: str
    share: float
    left_seconds: int
    target_seconds: int
    elapsed_seconds: int | None
    paused_in: str

    @property
    def kind_label(self) -> str:
        return str(ClockKind(self.kind).label)

    @property
    def state_label(self) -> str:
        return str((ClockState if self.is_running else ClockOutcome)(self.state).label)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def paused_in_label(self) -> str:
        return str(State(self.paused_in).label) if self.paused_in else ""

    @property
    def bar_state(self) -> str:
        """The state in the words of `ui.clock_bar`."""
        return self.state if self.is_running or self.state in ("kept", "missed") else "none"

    @property
    def url(self) -> str:
        """Why this deadline?"""
        return reverse("conversations:clock", args=[self.conversation_id, self.id])


def clocks_of(conversation_id: int, *, at: datetime | None = None) -> list[ClockView]:
    """A conversation's clocks, running ones first by their deadlines, then what stopped, the latest first.

    Three queries at most; ask for readable conversations only.
    """
    views = _views(Clock.objects.filter(conversation_id=conversation_id), at or clock.now())
    running = sorted((each for each in views if each.is_running), key=_soonest)
    return running + sorted((each for each in views if not each.is_running), key=_stopped_at, reverse=True)


def running_clocks(conversation_ids: Collection[int], *, at: datetime | None = None) -> dict[int, ClockView]:
    """The running clock of each conversation that is due first; three queries at most however many are asked for."""
    found: dict[int, ClockView] = {}
    standing = Clock.objects.filter(conversation_id__in=conversation_ids, stopped_at=None)
    for each in sorted(_views(standing, at or clock.now()), key=_soonest):
        found.setdefault(each.conversation_id, each)
    return found


def promised_answer(conversation_id: int) -> Clock | None:
    """The running clock of the first response, with its calendar; None where nothing is promised. One query."""
    return (
        Clock.objects.select_related("calendar")
        .filter(conversation_id=conversation_id, kind=ClockKind.FIRST_RESPONSE, stopped_at=None)
        .exclude(due_at=None)
        .first()
    )


def why_no_clock(conversation: Conversation, *, at: datetime | None = None) -> str:
    """Why nothing is promised in this conversation, in a sentence; empty where something could be."""
    targets = policies.service_targets(circumstances_of(conversation), at=at or clock.now())
    return "" if isinstance(targets, policies.TargetsInForce) else str(targets.label)


def view_of(row: Clock, calendar: policies.WorkingCalendar | None, at: datetime) -> ClockView:
    """One clock; `calendar` is the one it counts by. Its pauses are asked for only while it stands still."""
    left = _left(row, calendar, at)
    pauses = row.pauses.all() if _stands_still(row) else ()
    return ClockView(
        id=row.pk,
        conversation_id=row.conversation_id,
        kind=row.kind,
        started_at=row.started_at,
        due_at=row.due_at,
        stopped_at=row.stopped_at,
        is_provisional=row.is_provisional,
        state=row.outcome
        or rules.state_of(at, warn_at=row.warn_at, due_at=row.due_at, is_breached=row.breached_at is not None),
        share=rules.share_used(target_seconds=row.target_seconds, left_seconds=left),
        left_seconds=left,
        target_seconds=row.target_seconds,
        elapsed_seconds=row.elapsed_seconds,
        paused_in=next((pause.state for pause in pauses if pause.ended_at is None), ""),
    )


def _views(rows: QuerySet[Clock], at: datetime) -> list[ClockView]:
    found = list(rows)
    prefetch_related_objects([row for row in found if _stands_still(row)], "pauses")
    calendars = policies.working_calendars({row.calendar_id for row in found}) if found else {}
    return [view_of(row, calendars.get(row.calendar_id), at) for row in found]


def _stands_still(row: Clock) -> bool:
    return row.stopped_at is None and row.due_at is None


def _left(row: Clock, calendar: policies.WorkingCalendar | None, at: datetime) -> int:
    """Working seconds until the deadline, whose pauses are counted in already; below 0 where it is missed."""
    if row.elapsed_seconds is not None:
        return row.target_seconds - row.elapsed_seconds
    if calendar is None:
        return row.target_seconds
    try:
        if row.due_at is not None:
            return policies.working_seconds_between(rules.whole_second(at), row.due_at, calendar)
        return row.target_seconds - policies.working_seconds_between(
            row.started_at, rules.whole_second(at), calendar, pauses_of(row, until=at)
        )
    except policy_errors.CalendarWithoutHours:
        return row.target_seconds


def pauses_of(row: Clock, *, until: datetime) -> list[policies.Pause]:
    """The pauses of a clock to count with, an open one lasting until then; each is called after its state."""
    return [
        policies.Pause(
            pause.started_at, max(pause.ended_at or rules.whole_second(until), pause.started_at), pause.state
        )
        for pause in row.pauses.all()
    ]


def _soonest(view: ClockView) -> tuple[bool, datetime]:
    return view.due_at is None, view.due_at or view.started_at


def _stopped_at(view: ClockView) -> datetime:
    return view.stopped_at or view.started_at
