"""Whether one channel serves the same request differently from the others (S1-28)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# A difference of two standard errors happens by chance about once in twenty times.
SPREAD = 2.0


@dataclass(frozen=True, slots=True)
class Sample:
    """So many values with their mean and their (sample) standard deviation."""

    n: int
    mean: float
    deviation: float


def is_apart(one: Sample, others: Sample, *, fewest: int) -> bool:
    """Whether two means lie more than two standard errors of their difference apart (Welch); too few never do."""
    if min(one.n, others.n) < fewest:
        return False
    error = sqrt(one.deviation**2 / one.n + others.deviation**2 / others.n)
    return abs(one.mean - others.mean) > SPREAD * error


def together(samples: list[Sample]) -> Sample:
    """Several samples as one: the mean from the sums, the deviation from the sums of squares."""
    n = sum(each.n for each in samples)
    if n == 0:
        return Sample(0, 0.0, 0.0)
    mean = sum(each.n * each.mean for each in samples) / n
    squares = sum((each.n - 1) * each.deviation**2 + each.n * (each.mean - mean) ** 2 for each in samples if each.n)
    return Sample(n, mean, sqrt(squares / (n - 1)) if n > 1 else 0.0)
