"""Satisfaction out of scores: top two of five, with the honest word for too few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.quality.rules import FEWEST, Satisfaction, satisfaction_of, together, wilson_interval

distributions = st.tuples(*[st.integers(0, 500)] * 5)


def test_it_is_the_share_of_4_and_5() -> None:
    heap = satisfaction_of({5: 60, 4: 20, 3: 8, 2: 7, 1: 5})
    assert (heap.n, heap.satisfied, heap.share) == (100, 80, 0.8)
    assert [round(bound, 3) for bound in heap.interval] == [0.711, 0.867]
    assert heap.mean == pytest.approx(4.23)
    assert heap.distribution == (5, 7, 8, 20, 60)
    assert not heap.is_too_few


def test_without_answers_nothing_is_claimed() -> None:
    assert (Satisfaction().share, Satisfaction().mean, Satisfaction().is_too_few) == (None, None, True)


def test_too_few_is_where_the_interval_may_span_more_than_half_the_scale() -> None:
    def widest(n: int) -> float:
        return max(high - low for low, high in (wilson_interval(each, n) for each in range(n + 1)))

    assert widest(FEWEST) <= 0.5 < widest(FEWEST - 1)
    assert satisfaction_of({5: FEWEST - 1}).is_too_few
    assert not satisfaction_of({5: FEWEST}).is_too_few


@given(st.lists(distributions, max_size=6))
def test_groups_together_are_the_whole(groups: list[tuple[int, int, int, int, int]]) -> None:
    whole = together(Satisfaction(each) for each in groups)
    assert whole.n == sum(map(sum, groups))
    assert whole.satisfied == sum(each[3] + each[4] for each in groups)


@given(distributions)
def test_every_figure_stays_on_its_scale(distribution: tuple[int, int, int, int, int]) -> None:
    heap = Satisfaction(distribution)
    if heap.n:
        assert 0 <= heap.share <= 1 <= heap.mean <= 5
