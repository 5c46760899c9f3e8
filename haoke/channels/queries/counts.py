"""Decides how the states of mails are counted at a bounded price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)

# Beyond this nobody reads the number; the page says "999+".
MOST_COUNTED = 1000


def count_states(rows: models.QuerySet[Row], states: Sequence[str]) -> dict[str, int]:
    """How many rows stand in each state, counted up to MOST_COUNTED; one query."""
    capped = [rows.filter(state=state).order_by().values_list("state", flat=True)[:MOST_COUNTED] for state in states]
    counts = dict.fromkeys(states, 0)
    for state in capped[0].union(*capped[1:], all=True):
        counts[state] += 1
    return counts
