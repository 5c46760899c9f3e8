"""How the same kind of request fares on different channels: time, result and score (S1-28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev

from haoke.conversations import queries as conversations
from haoke.core.actor import Actor
from haoke.insight.rules import Sample, Share, is_apart, together
from haoke.quality import queries as quality


@dataclass(frozen=True)
class Channel:
    """One channel of one kind of request; the marks say what differs from its other channels."""

    label: str
    n: int
    # Working seconds to the first response.
    response: Sample
    one_touch: Share
    score: Sample
    is_response_apart: bool
    is_score_apart: bool


@dataclass(frozen=True)
class Request:
    """A category with the channels on which it came; only those that came on more than one are compared."""

    label: str
    channels: list[Channel]


def consistency(
    actor: Actor, period: conversations.Period, *, team_id: int | None = None, fewest: int
) -> list[Request]:
    """The requests of the period that came by more than one channel; four queries. Raises Forbidden."""
    cells = conversations.by_category_and_channel(actor, period, team_id=team_id)
    scores = _scores(period, team_id)
    by_category: dict[str, list[conversations.ChannelCell]] = defaultdict(list)
    for cell in cells:
        by_category[cell.category].append(cell)
    return [
        Request(label, [_channel(cell, of_category, scores, fewest) for cell in of_category])
        for label, of_category in by_category.items()
        if len(of_category) > 1
    ]


def _channel(
    cell: conversations.ChannelCell,
    of_category: list[conversations.ChannelCell],
    scores: dict[tuple[int, str], Sample],
    fewest: int,
) -> Channel:
    others = [each for each in of_category if each is not cell]
    response, score = _response(cell), _score(cell, scores)
    return Channel(
        label=cell.channel_label,
        n=cell.n,
        response=response,
        one_touch=Share(cell.one_touch.part, cell.one_touch.n),
        score=score,
        is_response_apart=is_apart(response, together([_response(each) for each in others]), fewest=fewest),
        is_score_apart=is_apart(score, together([_score(each, scores) for each in others]), fewest=fewest),
    )


def _response(cell: conversations.ChannelCell) -> Sample:
    return Sample(cell.response_n, cell.response_mean or 0.0, cell.response_deviation or 0.0)


def _score(cell: conversations.ChannelCell, scores: dict[tuple[int, str], Sample]) -> Sample:
    return scores.get((cell.category_id, cell.channel), Sample(0, 0.0, 0.0))


def _scores(period: conversations.Period, team_id: int | None) -> dict[tuple[int, str], Sample]:
    given = quality.scores_given(since=period.start, until=period.end)
    places = conversations.how_they_came(given, team_id=team_id)
    heaps: dict[tuple[int, str], list[int]] = defaultdict(list)
    for conversation_id, place in places.items():
        heaps[place].append(given[conversation_id])
    return {place: _sample(heap) for place, heap in heaps.items()}


def _sample(values: Iterable[int]) -> Sample:
    found = list(values)
    return Sample(len(found), fmean(found), stdev(found) if len(found) > 1 else 0.0)
