"""Adding up minutes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum

from haoke.ledger.models import Line


def minutes_by_subject(subject_kind: str, subject_ids: Iterable[int]) -> dict[int, int]:
    """The minutes spent on each of several things, corrections included, in one query."""
    lines = Line.objects.filter(subject_kind=subject_kind, subject_id__in=list(subject_ids))
    return dict(lines.values_list("subject_id").annotate(total=Sum("minutes")))


def minutes_of(subject_kind: str, subject_id: int) -> int:
    """All minutes spent on one thing, corrections included."""
    lines = Line.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return lines.aggregate(total=Sum("minutes"))["total"] or 0
