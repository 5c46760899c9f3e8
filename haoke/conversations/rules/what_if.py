"""What other targets would have made of clocks that ran: kept or missed, by the same moments and the same pauses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from haoke.conversations.choices import ClockKind
from haoke.conversations.rules.clocks import is_late, timing
from haoke.core.shares import wilson_interval
from haoke.policies.queries import Pause, ServiceTargets, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Ran:
    """A clock as it ran; `ended_at` is None while it runs still, and a pause that lasts ends where we look from."""

    clock_id: int
    conversation_id: int
    kind: str
    started_at: datetime
    ended_at: datetime | None
    is_missed: bool
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One clock under both: None means that nobody can say yet, because it runs and is in time."""

    ran: Ran
    was_kept: bool | None
    would_be_kept: bool | None
    would_be_due_at: datetime

    @property
    def label(self) -> str:
        return str(ClockKind(self.ran.kind).label)

    @property
    def changes_side(self) -> bool:
        return self.was_kept != self.would_be_kept


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those that can be judged were kept."""

    kept: int
    n: int

    @property
    def missed(self) -> int:
        return self.n - self.kept

    @property
    def share(self) -> float | None:
        return self.kept / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """With 95 % confidence (METHODS B7)."""
        return wilson_interval(self.kept, self.n)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of clock before and after."""

    kind: str
    was: Share
    would_be: Share

    @property
    def label(self) -> str:
        return str(ClockKind(self.kind).label)


def judge(ran: Ran, targets: ServiceTargets, calendar: WorkingCalendar, *, at: datetime) -> Verdict | None:
    """A clock under other targets, seen from `at`; None where they promise nothing of its kind.

    Its pauses count where the new targets pause in that state. Raises CalendarWithoutHours.
    """
    seconds = targets.seconds(ran.kind)
    if seconds is None:
        return None
    pausing = targets.pauses(ran.kind)
    due_at = timing(
        ran.started_at,
        target_seconds=seconds,
        warning_seconds=0,
        calendar=calendar,
        pauses=[pause for pause in ran.pauses if pause.name in pausing],
    ).due_at
    is_undecided = ran.ended_at is None
    return Verdict(
        ran,
        was_kept=False if ran.is_missed else None if is_undecided else True,
        would_be_kept=False if is_late(ran.ended_at or at, due_at) else None if is_undecided else True,
        would_be_due_at=due_at,
    )


def compare(verdicts: Collection[Verdict]) -> list[Comparison]:
    """Kept and missed before and after, kind by kind; a kind of which no clock ran is left out."""
    found = []
    for kind in ClockKind.values:
        of_kind = [each for each in verdicts if each.ran.kind == kind]
        if of_kind:
            was, would_be = _share(each.was_kept for each in of_kind), _share(each.would_be_kept for each in of_kind)
            found.append(Comparison(kind, was, would_be))
    return found


def _share(judged: Iterable[bool | None]) -> Share:
    decided = [each for each in judged if each is not None]
    return Share(sum(decided), len(decided))
