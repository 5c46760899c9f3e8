"""The running clocks of a conversation as values in hand: what each promised, its pauses, and when it is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from haoke.conversations.models import Clock, ClockPause, Conversation
from haoke.conversations.rules import clocks as rules
from haoke.policies import errors as policy_errors
from haoke.policies import queries as policies


@dataclass
class Running:
    """A running clock with its pauses, the earliest first; the last may be open."""

    clock: Clock
    pauses: list[ClockPause] = field(default_factory=list)

    @property
    def open_pause(self) -> ClockPause | None:
        return next((pause for pause in self.pauses if pause.ended_at is None), None)

    def stretches(self, *, until: datetime | None = None) -> list[policies.Pause]:
        """The pauses to count with; an open one only where it is said until when it lasts."""
        return [
            policies.Pause(pause.started_at, ended_at)
            for pause in self.pauses
            if (ended_at := pause.ended_at or until) is not None
        ]

    def timing(self, calendar: policies.WorkingCalendar, *, until: datetime | None = None) -> rules.Timing | None:
        """When it warns and is due, an open pause lasting `until`; None where the calendar has no working hours."""
        try:
            return rules.timing(
                self.clock.started_at,
                target_seconds=self.clock.target_seconds,
                warning_seconds=self.clock.warning_seconds,
                calendar=calendar,
                pauses=self.stretches(until=until),
            )
        except policy_errors.CalendarWithoutHours:
            return None

    def set_time(self, calendar: policies.WorkingCalendar) -> None:
        """Gives the clock its deadline, or none while it is paused or nobody works."""
        clock = self.clock
        clock.warn_at = clock.due_at = None
        if self.open_pause is None and (timing := self.timing(calendar)) is not None:
            clock.warn_at, clock.due_at, clock.is_provisional = timing.warn_at, timing.due_at, timing.is_provisional

    def worked(self, until: datetime, calendar: policies.WorkingCalendar) -> int:
        """Working seconds from the start, pauses left out."""
        try:
            return policies.working_seconds_between(self.clock.started_at, until, calendar, self.stretches())
        except policy_errors.CalendarWithoutHours:
            return 0


def running_of(conversation: Conversation) -> list[Running]:
    """What runs in a conversation; one query, a second where anything does."""
    return in_hand(Clock.objects.filter(conversation=conversation, stopped_at=None))


def kinds_before(conversation: Conversation) -> set[str]:
    """Which kinds of clocks the conversation ever had."""
    return set(conversation.clocks.values_list("kind", flat=True).distinct())


def in_hand(clocks: QuerySet[Clock]) -> list[Running]:
    """The clocks of a query with their policies and pauses."""
    found = clocks.select_related("policy").prefetch_related("pauses").order_by("pk")
    return [Running(clock, list(clock.pauses.all())) for clock in found]


def promised(
    targets: policies.TargetsInForce, kind: str, *, conversation: Conversation, since: datetime, at: datetime
) -> Running | None:
    """A clock that nobody has saved yet, paused from `at` on where the conversation's state says so.

    None where the targets do not speak of its kind.
    """
    seconds = targets.targets.seconds(kind)
    if seconds is None:
        return None
    clock = Clock(
        conversation=conversation,
        kind=kind,
        policy_id=targets.policy_id,
        calendar_id=targets.calendar_id,
        target_seconds=seconds,
        warning_seconds=targets.targets.warning_seconds(kind),
        started_at=rules.whole_second(since),
    )
    is_paused = conversation.state in targets.targets.pauses(kind)
    made = Running(clock, [ClockPause(state=conversation.state, started_at=at)] if is_paused else [])
    made.set_time(targets.calendar)
    return made


def save_new(made: Collection[Running]) -> None:
    """Lets clocks run; two statements at most."""
    Clock.objects.bulk_create(each.clock for each in made)
    pauses = [pause for each in made for pause in _of(each)]
    if pauses:
        ClockPause.objects.bulk_create(pauses)


def columns_of(clocks: Iterable[Clock], at: datetime) -> dict[str, Any]:
    """What a conversation shows of its running clocks: the earliest deadline and the worst state."""
    standing = list(clocks)
    return {
        "due_at": min((clock.due_at for clock in standing if clock.due_at is not None), default=None),
        "clock_state": rules.worst(
            rules.state_of(at, warn_at=clock.warn_at, due_at=clock.due_at, is_breached=clock.breached_at is not None)
            for clock in standing
        ),
    }


def _of(each: Running) -> Iterable[ClockPause]:
    for pause in each.pauses:
        pause.clock = each.clock
        yield pause
