"""The Wilson interval against published figures, and what must hold for all counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.quality.rules import wilson_interval

counts = st.integers(0, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(80, 100, 71.1, 86.7), (9, 10, 59.6, 98.2), (0, 10, 0.0, 27.8), (10, 10, 72.2, 100.0), (1, 1, 20.7, 100.0)],
)
def test_it_gives_the_published_figures(successes: int, n: int, low: float, high: float) -> None:
    """METHODS B7."""
    assert [round(100 * bound, 1) for bound in wilson_interval(successes, n)] == [low, high]


def test_nothing_known_is_everything_possible() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


@given(counts)
def test_it_surrounds_the_share_and_stays_possible(count: tuple[int, int]) -> None:
    successes, n = count
    low, high = wilson_interval(successes, n)
    assert 0 <= low <= (successes / n if n else 0.5) <= high <= 1


@given(counts)
def test_satisfied_and_dissatisfied_mirror_each_other(count: tuple[int, int]) -> None:
    successes, n = count
    low, high = wilson_interval(successes, n)
    assert wilson_interval(n - successes, n) == pytest.approx((1 - high, 1 - low))


@given(counts, st.integers(2, 20))
def test_more_answers_of_the_same_share_narrow_it(count: tuple[int, int], times: int) -> None:
    successes, n = count
    narrow_low, narrow_high = wilson_interval(successes * times, n * times)
    low, high = wilson_interval(successes, n)
    assert narrow_high - narrow_low <= high - low + 1e-12


@given(counts)
def test_more_confidence_widens_it(count: tuple[int, int]) -> None:
    sure_low, sure_high = wilson_interval(*count, confidence=0.99)
    low, high = wilson_interval(*count)
    assert sure_low <= low + 1e-12
    assert sure_high >= high - 1e-12


@pytest.mark.parametrize(("successes", "n", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0.0), (1, 5, 1.0)])
def test_impossible_counts_are_refused(successes: int, n: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson_interval(successes, n, confidence)
