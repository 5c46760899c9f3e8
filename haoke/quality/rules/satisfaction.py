"""What a heap of scores says: the share of satisfied customers, how sure that is, and when it says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from haoke.core.shares import FEWEST, wilson_interval
from haoke.quality.choices import Score

SATISFIED = (Score.GOOD, Score.VERY_GOOD)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The scores of a group of answers: `distribution` holds how often each of 1 to 5 was given."""

    distribution: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def n(self) -> int:
        return sum(self.distribution)

    @property
    def satisfied(self) -> int:
        """How many scored 4 or 5 (top-2-box)."""
        return sum(self.distribution[score - 1] for score in SATISFIED)

    @property
    def share(self) -> float | None:
        """The share of satisfied customers between 0 and 1, None without answers."""
        return self.satisfied / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the share."""
        return wilson_interval(self.satisfied, self.n)

    @property
    def mean(self) -> float | None:
        """The mean score, None without answers; it never stands for satisfaction."""
        total = sum(score * count for score, count in zip(Score.values, self.distribution, strict=True))
        return total / self.n if self.n else None

    @property
    def is_too_few(self) -> bool:
        return self.n < FEWEST

    def __add__(self, other: Satisfaction) -> Satisfaction:
        pairs = zip(self.distribution, other.distribution, strict=True)
        return Satisfaction(tuple(mine + theirs for mine, theirs in pairs))  # type: ignore[arg-type]


def satisfaction_of(counts: Mapping[int, int]) -> Satisfaction:
    """The satisfaction behind counts by score; a score that is missing was not given."""
    return Satisfaction(tuple(counts.get(score, 0) for score in Score.values))  # type: ignore[arg-type]


def together(groups: Iterable[Satisfaction]) -> Satisfaction:
    """Several groups as one."""
    return sum(groups, Satisfaction())
