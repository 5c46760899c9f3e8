"""How long nobody was in touch."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.timeline.rules import longest_silence

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC)


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "silent_days"),
    [([], 30), ([16], 15), ([5], 26), ([29], 28), ([21, 11], 10), ([2, 3, 4], 27), ([16, 16], 15)],
)
def test_the_longest_silence_counts_the_ends_of_the_period_too(days, silent_days) -> None:
    """S1-05, S0-56: the greatest gap without a touch; one campaign full of touches does not make it shorter."""
    assert longest_silence(map(day, days), since=START, until=END) == timedelta(days=silent_days)


def test_touches_outside_the_period_do_not_count() -> None:
    assert longest_silence([START - timedelta(days=9), END + timedelta(days=9)], since=START, until=END) == END - START


@given(st.lists(st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC))))
def test_another_touch_never_makes_a_silence_longer(touches) -> None:
    longest = longest_silence(touches[1:], since=START, until=END)

    assert timedelta() < longest_silence(touches, since=START, until=END) <= longest <= END - START
