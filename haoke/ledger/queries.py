"""Adding up minutes."""

from __future__ import annotations

from django.db.models import Sum

from haoke.ledger.models import Line


def minutes_of(subject_kind: str, subject_id: int) -> int:
    """All minutes spent on one thing, corrections included."""
    lines = Line.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return lines.aggregate(total=Sum("minutes"))["total"] or 0
