"""Decides how long lists of mails are cut into pages and how their states are counted, both at a bounded price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)

# Beyond this nobody reads the number; the page says "999+".
MOST_COUNTED = 1000


class Place(NamedTuple):
    """Where a page begins: after the row of this moment and id."""

    at: datetime
    id: int


def after(rows: models.QuerySet[Row], moment: str, place: Place | None) -> models.QuerySet[Row]:
    """The rows in order, newest first, that follow a place; an index reads them however far down the list it is."""
    if place is not None:
        rows = rows.filter(Q(**{f"{moment}__lt": place.at}) | Q(**{moment: place.at}, pk__lt=place.id))
    return rows.order_by(f"-{moment}", "-pk")


def count_states(rows: models.QuerySet[Row], states: Sequence[str]) -> dict[str, int]:
    """How many rows stand in each state, counted up to MOST_COUNTED; one query."""
    capped = [rows.filter(state=state).order_by().values_list("state", flat=True)[:MOST_COUNTED] for state in states]
    counts = dict.fromkeys(states, 0)
    for state in capped[0].union(*capped[1:], all=True):
        counts[state] += 1
    return counts
