"""Decides how steady a relationship is: how long the customer heard nothing of us, and we nothing of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise


def longest_silence(touches: Iterable[datetime], *, since: datetime, until: datetime) -> timedelta:
    """The longest time without a touch between two moments, the time before the first and after the last included.

    The touches may come in any order; those outside the period do not count (S0-56, S1-05).
    """
    moments = sorted(at for at in touches if since < at < until)
    return max(later - earlier for earlier, later in pairwise([since, *moments, until]))
