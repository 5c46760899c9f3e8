"""The same numbers as shapes: bars, shades and steps; the tables beside them say it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from haoke.conversations import queries as conversations
from haoke.core.ui.formatting import format_duration

HEIGHT = 120
WIDTH_OF_A_DAY = 12
SHADES = 5


@dataclass(frozen=True)
class Bar:
    """One day in the picture, in its units, from the top."""

    on: date
    x: int
    opened_y: float
    opened_height: float
    resolved_y: float
    resolved_height: float
    open_y: float


@dataclass(frozen=True)
class Chart:
    """Opened and solved beside each other, open as a line above them on a scale of its own."""

    bars: list[Bar]
    width: int
    line: str
    most: int
    most_open: int


@dataclass(frozen=True)
class Step:
    """One bucket of first responses."""

    label: str
    count: int
    share: float


def chart_of(days: Sequence[conversations.Day]) -> Chart:
    most = max((max(day.opened, day.resolved) for day in days), default=0)
    most_open = max((day.open for day in days), default=0)
    bars = []
    for place, day in enumerate(days):
        opened, resolved = (HEIGHT * count / (most or 1) for count in (day.opened, day.resolved))
        open_y = HEIGHT - HEIGHT * day.open / (most_open or 1)
        x = place * WIDTH_OF_A_DAY
        bars.append(
            Bar(
                day.on,
                x,
                _short(HEIGHT - opened),
                _short(opened),
                _short(HEIGHT - resolved),
                _short(resolved),
                _short(open_y),
            )
        )
    line = " ".join(f"{bar.x + WIDTH_OF_A_DAY / 2:g},{bar.open_y:g}" for bar in bars)
    return Chart(bars, max(1, len(bars)) * WIDTH_OF_A_DAY, line, most, most_open)


def heat_of(hours: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """Each count with its shade: 0 for none, then five steps up to the busiest hour."""
    most = max((count for day in hours for count in day), default=0)
    return [[(count, -(-SHADES * count // most) if most else 0) for count in day] for day in hours]


def steps_of(responses: Sequence[int]) -> list[Step]:
    total = sum(responses)
    return [
        Step(label, count, count / total if total else 0.0)
        for label, count in zip(bucket_labels(), responses, strict=True)
    ]


def bucket_labels() -> list[str]:
    """The buckets in words: up to 15 min, up to 1 hr, …, longer."""
    language = translation.get_language() or ""
    names = [format_duration(seconds, language=language) for seconds in conversations.BUCKETS]
    return [*(f"≤ {name}" for name in names), f"> {names[-1]}"]


def _short(value: float) -> float:
    return round(value, 2)
