"""What is counted of conversations over a period, in the words of the database: counts, sums, medians and clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, Q, Sum
from django.db.models.functions import Coalesce, Extract

from haoke.conversations.choices import ClockKind, ClockOutcome


@dataclass(frozen=True)
class Period:
    """A stretch of time, half-open."""

    start: datetime
    end: datetime

    def holds(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})


class _Percentile(Aggregate):
    """The value below which that share of the values lies, between neighbours where none is exactly there."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, *, share: float, filter: Q) -> None:
        super().__init__(expression, filter=filter, share=share)


def measure_words(period: Period) -> dict[str, Any]:
    answered, resolved = period.holds("first_response_at"), period.holds("resolved_at")
    first_resolved = period.holds("first_resolved_at")
    is_open = Q(resolved_at=None) | Q(resolved_at__gte=period.end)
    return {
        "opened": Count("pk", filter=period.holds("opened_at")),
        "resolved": Count("pk", filter=resolved),
        "open": Count("pk", filter=is_open),
        **_durations("first_response", "first_response_seconds", answered),
        **_durations("first_response_business", "first_response_business_seconds", answered),
        **_durations("resolution", "resolution_seconds", resolved),
        **_durations("resolution_business", "resolution_business_seconds", resolved),
        "reopened_part": Count("pk", filter=first_resolved & Q(reopenings__gt=0)),
        "reopened_n": Count("pk", filter=first_resolved),
        "one_touch_part": Count("pk", filter=resolved & Q(messages_out=1, reopenings=0)),
        "one_touch_n": Count("pk", filter=resolved & Q(messages_out__gt=0)),
    }


def clock_words(period: Period) -> dict[str, Any]:
    """What the clocks say: a target counts as missed from the moment it was overdue, answered or not."""
    clocks = "conversation__clocks__"
    stopped = period.holds(f"{clocks}stopped_at")
    kept = stopped & Q(**{f"{clocks}outcome": ClockOutcome.KEPT})
    is_missed = Q(**{f"{clocks}outcome": ClockOutcome.MISSED}) | Q(
        **{f"{clocks}outcome": "", f"{clocks}breached_at__isnull": False}
    )
    missed = is_missed & (
        period.holds(f"{clocks}breached_at") | Q(**{f"{clocks}breached_at": None}) & period.holds(f"{clocks}stopped_at")
    )
    words: dict[str, Any] = {}
    for kind in ClockKind:
        of_kind = Q(**{f"{clocks}kind": kind})
        words[f"kept_{kind.value}_part"] = Count(f"{clocks}pk", filter=of_kind & kept)
        words[f"kept_{kind.value}_n"] = Count(f"{clocks}pk", filter=of_kind & (kept | missed))
    answered = Q(
        **{f"{clocks}kind": ClockKind.NEXT_RESPONSE, f"{clocks}outcome__in": (ClockOutcome.KEPT, ClockOutcome.MISSED)}
    )
    waited = Extract(F(f"{clocks}stopped_at") - F(f"{clocks}started_at"), "epoch")
    return words | {
        **_durations("next_response", waited, answered & stopped),
        **_durations("next_response_business", f"{clocks}elapsed_seconds", answered & stopped),
    }


def _durations(name: str, seconds: Any, filter: Q) -> dict[str, Any]:
    return {
        f"{name}_n": Count(seconds, filter=filter),
        f"{name}_total": Coalesce(Sum(seconds, filter=filter), 0, output_field=FloatField()),
        f"{name}_median": _Percentile(seconds, share=0.5, filter=filter),
        f"{name}_p90": _Percentile(seconds, share=0.9, filter=filter),
    }
