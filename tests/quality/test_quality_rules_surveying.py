"""Whom we may ask, until when they may answer, which score alarms, and what a spreadsheet is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.quality.errors import ScoreNeeded, SurveyExpired
from haoke.quality.rules import check_answerable, check_score, is_low_score, is_over, may_survey, plain_cell

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_at_most_one_survey_in_the_days_of_the_cap() -> None:
    """S1-17: the default leaves a customer in peace for 30 days."""
    assert may_survey(None, NOW, 30)
    assert may_survey(NOW - timedelta(days=30), NOW, 30)
    assert not may_survey(NOW - timedelta(days=30) + SECOND, NOW, 30)
    assert may_survey(NOW, NOW, 0)


@given(st.timedeltas(timedelta(0), timedelta(days=4000)), st.integers(1, 3650))
def test_waiting_longer_never_forbids_what_was_allowed(waited: timedelta, cap_days: int) -> None:
    if may_survey(NOW - waited, NOW, cap_days):
        assert may_survey(NOW - waited - SECOND, NOW, cap_days)
        assert may_survey(NOW - waited, NOW, cap_days - 1)


def test_the_last_moment_is_too_late() -> None:
    assert is_over(NOW, NOW)
    assert not is_over(NOW + SECOND, NOW)
    check_answerable(NOW + SECOND, NOW)
    with pytest.raises(SurveyExpired):
        check_answerable(NOW, NOW)


@pytest.mark.parametrize("score", [0, 6, -1, 100])
def test_a_score_is_one_of_five(score: int) -> None:
    with pytest.raises(ScoreNeeded):
        check_score(score)


def test_every_score_of_the_scale_is_taken() -> None:
    for score in (1, 2, 3, 4, 5):
        check_score(score)


def test_a_low_score_is_the_threshold_or_less() -> None:
    """S0-39: 2 or less by default; 0 switches the alarm off."""
    assert [is_low_score(score, 2) for score in (1, 2, 3, 4, 5)] == [True, True, False, False, False]
    assert not any(is_low_score(score, 0) for score in (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 138", "-2", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "=1", "\n=1"]
)
def test_a_formula_becomes_plain_text(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "谢谢!", "Thanks = fine", "'quoted'", "3-4 days"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain_cell(text) == text
