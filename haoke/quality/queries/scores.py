"""The scores customers gave, for whoever puts them beside other figures."""

from __future__ import annotations

from datetime import datetime

from haoke.quality.models import SurveyAnswer


def scores_given(*, since: datetime, until: datetime) -> dict[int, int]:
    """By conversation the latest score of the half-open period; one query, unscoped: for counting, not for reading."""
    answers = SurveyAnswer.objects.filter(answered_at__gte=since, answered_at__lt=until).order_by("answered_at")
    return dict(answers.values_list("invitation__conversation_id", "score"))
