"""Which days a span means, and when one channel differs from the others."""

from __future__ import annotations

from datetime import date
from statistics import mean, stdev

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haoke.insight.rules import LONGEST_DAYS, Sample, Share, days_of, is_apart, together

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("week", date(2026, 11, 23), TODAY),
        ("days", date(2026, 10, 27), TODAY),
        ("month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("custom", date(2026, 10, 27), TODAY),
        ("nonsense", date(2026, 10, 27), TODAY),
    ],
)
def test_a_span_means_these_days(span, first, last) -> None:
    assert days_of(span, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 3, 1), date(2026, 3, 31))),
        (date(2026, 3, 31), date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 31))),
        (date(2026, 11, 1), None, (date(2026, 11, 1), date(2026, 11, 1))),
        (date(2000, 1, 1), TODAY, (date(2025, 11, 25), TODAY)),
        (date.min, None, (date.min, date.min)),
        (date.min, date.max, (date(9998, 12, 31), date.max)),
    ],
)
def test_days_of_ones_own_run_forward_and_no_longer_than_a_year(since, until, expected) -> None:
    first, last = days_of("custom", TODAY, since=since, until=until)
    assert (first, last) == expected
    assert (last - first).days < LONGEST_DAYS


def test_a_share_of_few_says_nothing() -> None:
    assert Share(8, 11).is_too_few
    assert not Share(8, 12).is_too_few
    low, high = Share(80, 100).interval
    assert (round(low, 3), round(high, 3)) == (0.711, 0.867)
    assert Share(0, 0).share == 0


@pytest.mark.parametrize(
    ("one", "others", "expected"),
    [
        # Standard error √(100/25 + 100/25) ≈ 2.83: more than twice that apart, and less.
        (Sample(25, 30.0, 10.0), Sample(25, 20.0, 10.0), True),
        (Sample(25, 25.0, 10.0), Sample(25, 20.0, 10.0), False),
        (Sample(11, 90.0, 1.0), Sample(25, 20.0, 1.0), False),
        (Sample(25, 90.0, 1.0), Sample(11, 20.0, 1.0), False),
        (Sample(12, 20.0, 0.0), Sample(12, 20.0, 0.0), False),
    ],
)
def test_channels_differ_by_more_than_two_standard_errors(one, others, expected) -> None:
    """S1-28: flag more than two sigma."""
    assert is_apart(one, others, fewest=12) is expected


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, 1000), min_size=2, max_size=8), min_size=1, max_size=5))
def test_samples_together_are_as_if_they_had_never_been_apart(heaps) -> None:
    joined = together([Sample(len(heap), mean(heap), stdev(heap)) for heap in heaps])
    everything = [value for heap in heaps for value in heap]

    assert joined.n == len(everything)
    assert joined.mean == pytest.approx(mean(everything))
    assert joined.deviation == pytest.approx(stdev(everything), abs=1e-6)


def test_nothing_together_is_nothing() -> None:
    assert together([]) == Sample(0, 0.0, 0.0)
