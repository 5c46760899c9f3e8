"""The hours of a working day, as they are written and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from haoke.policies.errors import HoursNotUsable, HoursOverlap

HOUR = 60
WHOLE_DAY = 24 * HOUR

_WRITTEN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[,，;；、\n]")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One stretch of work in a day, in minutes after local midnight; 1440 is the midnight that ends the day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= WHOLE_DAY:
            raise HoursNotUsable(field="hours", text=str(self))

    def __str__(self) -> str:
        return "-".join(f"{minutes // HOUR:02d}:{minutes % HOUR:02d}" for minutes in (self.opens, self.closes))


def slots_in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots of one day from early to late. Raises HoursOverlap; slots that touch do not overlap."""
    ordered = tuple(sorted(slots))
    for first, second in pairwise(ordered):
        if second.opens < first.closes:
            raise HoursOverlap(field="hours", first=str(first), second=str(second))
    return ordered


def read_hours(text: str) -> tuple[Slot, ...]:
    """The slots written in a text such as `09:00-12:00, 13:30-18:00`. Raises HoursNotUsable, HoursOverlap."""
    return slots_in_order(_read_slot(part.strip()) for part in _BETWEEN.split(text) if part.strip())


def write_hours(slots: Iterable[Slot]) -> str:
    """The slots as a person writes them; `read_hours` reads them back."""
    return ", ".join(map(str, slots))


def _read_slot(text: str) -> Slot:
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise HoursNotUsable(field="hours", text=text)
    hour, minute, end_hour, end_minute = map(int, written.groups())
    if max(minute, end_minute) >= HOUR:
        raise HoursNotUsable(field="hours", text=text)
    try:
        return Slot(hour * HOUR + minute, end_hour * HOUR + end_minute)
    except HoursNotUsable:
        raise HoursNotUsable(field="hours", text=text) from None
