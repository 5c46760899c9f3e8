"""How the clocks of a conversation run: when each is due, when it warns, and how it ended.

Clocks tick in whole seconds: every moment that starts, pauses or stops one is cut down to its second, so that what was
counted before a pause and after it adds up exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from haoke.conversations.choices import ClockKind, ClockOutcome, ClockState, State, Urgency
from haoke.policies.queries import Pause, WorkingCalendar, add_working_seconds, explain

# What waits for our answer, and what waits for the matter to be done.
RESPONSES = frozenset({ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE})
FINISHED = frozenset({State.SOLVED, State.CLOSED})
# Whose public words answer a customer: colleagues, and the programs they write with; never a bot or the house itself.
ANSWERING = frozenset({"staff", "token"})

_RISING = (Urgency.LOW, Urgency.NORMAL, Urgency.HIGH, Urgency.URGENT)
_WORST_FIRST = (
    ClockState.OVERDUE,
    ClockState.DUE_SOON,
    ClockState.RUNNING,
    ClockState.PAUSED,
    ClockState.NONE,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a clock warns (None: never) and is due, and whether a holiday list may still move that."""

    warn_at: datetime | None
    due_at: datetime
    is_provisional: bool


def whole_second(at: datetime) -> datetime:
    """The moment as clocks know it."""
    return at.replace(microsecond=0)


def timing(
    started_at: datetime,
    *,
    target_seconds: int,
    warning_seconds: int,
    calendar: WorkingCalendar,
    pauses: Collection[Pause] = (),
) -> Timing:
    """When a clock that started then is due, in working time and without its pauses. Raises CalendarWithoutHours."""
    deadline = explain(started_at, target_seconds, calendar, pauses)
    warn_at = None
    if warning_seconds:
        warn_at = add_working_seconds(started_at, target_seconds - warning_seconds, calendar, pauses)
    return Timing(warn_at, deadline.due_at, deadline.is_provisional)


def response_to_start(*, running: Collection[str], kinds_before: Collection[str], was_talked: bool) -> str | None:
    """Which response clock a customer's word starts; None where one waits already.

    The first response is promised once in the life of a conversation (RULINGS, Clocks): not again after it was given,
    after a reopening, or where we spoke first. `was_talked` says that a customer or a person of ours wrote before.
    """
    if RESPONSES & set(running):
        return None
    is_first = ClockKind.FIRST_RESPONSE not in kinds_before and not was_talked
    return ClockKind.FIRST_RESPONSE if is_first else ClockKind.NEXT_RESPONSE


def is_late(at: datetime, due_at: datetime | None) -> bool:
    """Whether the deadline lies behind; what happens exactly when it is due is in time."""
    return due_at is not None and whole_second(at) > due_at


def outcome_of_stop(*, is_breached: bool) -> str:
    """How a clock ended that got what it waited for."""
    return ClockOutcome.MISSED if is_breached else ClockOutcome.KEPT


def outcome_without(*, is_breached: bool) -> str:
    """How a clock ended whose cause fell away; what was late already was missed all the same."""
    return ClockOutcome.MISSED if is_breached else ClockOutcome.CANCELLED


def outcome_when_finished(kind: str, *, is_breached: bool) -> str:
    """How a clock ended when its conversation was solved or closed: that is what a resolution waits for.

    An answer that was not given by then is waited for no longer.
    """
    return outcome_without(is_breached=is_breached) if kind in RESPONSES else outcome_of_stop(is_breached=is_breached)


def rises(old: str, new: str) -> bool:
    """Whether a change of urgency makes it more urgent."""
    return _RISING.index(Urgency(new)) > _RISING.index(Urgency(old))


def takes_over(*, old_due_at: datetime, new_due_at: datetime, rising: bool) -> bool:
    """Whether a clock for the new urgency replaces the running one.

    More urgent never gives more time, and less urgent never takes time away; otherwise the old promise stands.
    """
    return new_due_at < old_due_at if rising else new_due_at > old_due_at


def state_of(at: datetime, *, warn_at: datetime | None, due_at: datetime | None, is_breached: bool) -> str:
    """How a running clock stands; without a deadline it is paused."""
    if is_breached or is_late(at, due_at):
        return ClockState.OVERDUE
    if due_at is None:
        return ClockState.PAUSED
    return ClockState.DUE_SOON if warn_at is not None and whole_second(at) >= warn_at else ClockState.RUNNING


def worst(states: Iterable[str]) -> str:
    """How a conversation stands with its clocks: as the worst of them, none without any."""
    return min(states, key=lambda state: _WORST_FIRST.index(ClockState(state)), default=ClockState.NONE)


def share_used(*, target_seconds: int, left_seconds: int) -> float:
    """How much of the target is gone, from 0 to 1."""
    return min(1.0, max(0.0, 1 - left_seconds / target_seconds))
