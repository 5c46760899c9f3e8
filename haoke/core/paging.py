"""Long lists page by page: each page begins after a place, which an index finds however far down the list it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet, Value

Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Stands for a moment that a row does not have, so that such rows come last in a list that begins with the earliest.
NEVER = Value(datetime(9000, 1, 1, tzinfo=UTC), output_field=DateTimeField())


class Place(NamedTuple):
    """Where a page begins: after the row of this moment and id."""

    at: datetime
    id: int

    @property
    def key(self) -> str:
        """The place as an address carries it: to the microsecond, and of signs that need no escaping."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}_{self.id}"


def place_of(key: str) -> Place | None:
    """The place that a key names; None for a key nobody handed out."""
    moment, _separator, row = key.partition("_")
    try:
        place = Place(_EPOCH + int(moment) * _MICROSECOND, int(row))
    except (ValueError, OverflowError):
        return None
    # Ids are stored in eight bytes.
    return place if 0 < place.id < 2**63 else None


def after(
    rows: QuerySet[Stored, Any], moment: str, place: Place | None, *, oldest_first: bool = False
) -> QuerySet[Stored, Any]:
    """The rows, newest first by the field `moment`, that follow a place; all of them where there is none.

    With `oldest_first` the list runs the other way; so does the way back in a list that begins with the newest.
    """
    later, sign = ("gt", "") if oldest_first else ("lt", "-")
    if place is not None:
        beyond = Q(**{f"{moment}__{later}": place.at}) | Q(**{moment: place.at, f"pk__{later}": place.id})
        # Said once more as a bound alone: with it the index begins at the place instead of at the top.
        rows = rows.filter(beyond, **{f"{moment}__{later}e": place.at})
    return rows.order_by(f"{sign}{moment}", f"{sign}pk")


def cut(found: Sequence[Row], most: int, place: Callable[[Row], Place]) -> tuple[list[Row], Place | None]:
    """The first `most` of up to `most` + 1 rows, and the place where the next page begins; None after the last."""
    shown = list(found[:most])
    return shown, place(shown[-1]) if len(found) > most else None
