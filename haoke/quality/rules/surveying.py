"""Whom we may ask, how long an answer may come, and which answer alarms us."""

from __future__ import annotations

from datetime import datetime, timedelta

from haoke.quality.choices import Score
from haoke.quality.errors import ScoreNeeded, SurveyExpired

LONGEST_COMMENT = 2000


def may_survey(last_invited_at: datetime | None, now: datetime, cap_days: int) -> bool:
    """Whether a customer has been left in peace long enough: at most one survey in `cap_days` (S1-17)."""
    return last_invited_at is None or now - last_invited_at >= timedelta(days=cap_days)


def is_over(expires_at: datetime, now: datetime) -> bool:
    """Whether no answer may be given or changed any more; the last moment itself is too late."""
    return now >= expires_at


def check_answerable(expires_at: datetime, now: datetime) -> None:
    """Raises SurveyExpired. Whoever holds the link has received it, whatever a mail server reported."""
    if is_over(expires_at, now):
        raise SurveyExpired()


def check_score(score: int) -> None:
    """Raises ScoreNeeded unless it is one of 1 to 5."""
    if score not in Score.values:
        raise ScoreNeeded(field="score")


def is_low_score(score: int, threshold: int) -> bool:
    """Whether somebody should call at once; 0 as threshold means never (S0-39, S3-03)."""
    return score <= threshold
