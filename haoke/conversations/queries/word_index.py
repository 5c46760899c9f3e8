"""Walking the index of words from the newest message back, so that neither rare nor frequent words take long.

A frequent word is met at once among the newest messages. For any other the index is asked in windows of weeks that grow
the less they yield: with the marks of the weeks it reads what stands in both lists, never the whole list of a word.
When the time is up, the walk ends where it has come to and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from haoke.conversations.models import MessageWords
from haoke.conversations.queries.filtering import Holds
from haoke.conversations.rules import week_mark, week_of, week_start
from haoke.core.database import TookTooLong, at_most
from haoke.core.paging import Place

NEWEST = 5_000
# Each window is at most so many times as long as the one before it; beyond the longest comes all that is older.
GROWTH = 8
LONGEST_WINDOW = 256
BATCH = 200
MILLISECONDS = 600


class Hit(NamedTuple):
    """A conversation that was found, and its newest message that holds what was asked, if words were."""

    message_id: int | None
    conversation_id: int
    at: datetime

    @property
    def place(self) -> Place:
        """Its place in the order of hits, which goes by messages where words were asked for."""
        return Place(self.at, self.message_id or self.conversation_id)


@dataclass(frozen=True)
class Hits:
    """Hits of different conversations, newest first; what is older than `reached` was not searched in time."""

    hits: list[Hit]
    is_all: bool = True
    reached: datetime | None = None


def newest_hits(
    words: QuerySet[MessageWords], asked: str, *, place: Place | None, most: int, are_few: bool = False
) -> Hits:
    """At least `most` conversations, or all, with a message that holds what is asked, after a place in their order.

    `words` are the messages the actor may read and the filters leave; few of them are read in one go.
    """
    found: dict[int, Hit] = {}
    reached = place.at if place else None
    deadline = time.monotonic() + MILLISECONDS / 1000
    try:
        with at_most(MILLISECONDS):
            windows = [_Window(words.filter(Holds(asked)))] if are_few else None
            for window in windows or _windows(words, asked, place, lambda: most / max(len(found), 1)):
                for batch in _batches(window, place):
                    shown = _shown_before(words, asked, place, batch)
                    for hit in batch:
                        if hit.conversation_id not in shown:
                            found.setdefault(hit.conversation_id, hit)
                    if len(found) >= most:
                        return Hits(list(found.values()), is_all=False)
                    reached = batch[-1].at if batch else reached
                    if time.monotonic() > deadline:
                        raise TookTooLong
                reached = window.lower or reached
    except TookTooLong:
        return Hits(list(found.values()), is_all=False, reached=reached)
    return Hits(list(found.values()))


class _Window(NamedTuple):
    """Messages that hold what is asked between two moments; the newest are read in their order, others by the index."""

    words: QuerySet[MessageWords]
    lower: datetime | None = None
    is_newest: bool = False


def _windows(
    words: QuerySet[MessageWords], asked: str, place: Place | None, shortfall: Callable[[], float]
) -> Iterator[_Window]:
    """The windows one after the other; `shortfall` tells how many times as many hits are wanted as there are."""
    holding = words.filter(Holds(asked))
    floor = _columns(_from(MessageWords.objects.order_by("-at", "-message_id"), place))[NEWEST : NEWEST + 1].first()
    if floor is None:
        yield _Window(holding, is_newest=True)
        return
    bound = Hit(*floor).at
    yield _Window(holding.filter(at__gt=bound), bound, is_newest=True)
    week, weeks = week_of(bound), 1
    while weeks <= LONGEST_WINDOW:
        marks = " | ".join(f"'{week_mark(each)}'" for each in range(week, week - weeks, -1))
        week -= weeks
        yield _Window(words.filter(Holds(f"{asked} & ({marks})"), at__lte=bound), week_start(week + 1))
        weeks = ceil(weeks * min(max(shortfall(), 1), GROWTH))
    yield _Window(holding.filter(at__lt=week_start(week + 1)))


def _batches(window: _Window, place: Place | None) -> Iterator[list[Hit]]:
    """The window's hits, newest first, as many at a time as a page may need."""
    # The sum keeps PostgreSQL from walking all messages in their order in search of a rare word.
    order = F("at") if window.is_newest else F("at") + timedelta()
    found = window.words.order_by(order.desc(), "-message_id")
    while True:
        batch = [Hit(*row) for row in _columns(_from(found, place))[:BATCH]]
        yield batch
        if len(batch) < BATCH:
            return
        place = batch[-1].place


def _shown_before(words: QuerySet[MessageWords], asked: str, place: Place | None, batch: list[Hit]) -> set[int]:
    """The conversations that an earlier page has shown, with a newer message."""
    if place is None or not batch:
        return set()
    newer = words.filter(Holds(asked), conversation_id__in={hit.conversation_id for hit in batch})
    newer = newer.filter(Q(at__gt=place.at) | Q(at=place.at, message_id__gte=place.id))
    return set(newer.values_list("conversation_id", flat=True))


def _from(words: QuerySet[MessageWords], place: Place | None) -> QuerySet[MessageWords]:
    if place is None:
        return words
    beyond = Q(at__lt=place.at) | Q(at=place.at, message_id__lt=place.id)
    # Said once more as a bound alone: with it the index begins at the place.
    return words.filter(beyond, at__lte=place.at)


def _columns(words: QuerySet[MessageWords]) -> QuerySet[MessageWords, tuple[Any, ...]]:
    return words.values_list("message_id", "conversation_id", "at")
