"""A report: the figures of a period in the house's zone, table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from haoke.conversations import queries as conversations
from haoke.conversations.choices import Dimension
from haoke.core.actor import Actor
from haoke.core.shares import FEWEST
from haoke.insight.choices import Pace
from haoke.insight.queries.consistency import Request, consistency


def house_zone() -> ZoneInfo:
    """The zone whose days and hours reports count, whoever reads them: everybody must see the same figures."""
    return ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Wanted:
    """From the first to the last day, both included; of one team or the company."""

    span: str
    first: date
    last: date
    dimension: str = Dimension.TEAM
    pace: str = Pace.BUSINESS
    team_id: int | None = None

    @property
    def period(self) -> conversations.Period:
        return conversations.Period(_midnight(self.first), _midnight(self.last + timedelta(days=1)))


@dataclass(frozen=True)
class Report:
    """Everything a report shows; `hours` by weekday, Monday first, and hour."""

    figures: conversations.FigureTable
    days: list[conversations.Day]
    hours: list[list[int]]
    responses: Sequence[int]
    requests: list[Request]


def report(actor: Actor, wanted: Wanted) -> Report:
    """All tables; a number of queries that does not grow with what was done. Raises Forbidden."""
    return Report(
        figures=figures(actor, wanted),
        days=days(actor, wanted),
        hours=hours(actor, wanted),
        responses=responses(actor, wanted),
        requests=requests(actor, wanted),
    )


def figures(actor: Actor, wanted: Wanted) -> conversations.FigureTable:
    """Raises Forbidden."""
    return conversations.figures(actor, wanted.period, wanted.dimension, team_id=wanted.team_id)


def days(actor: Actor, wanted: Wanted) -> list[conversations.Day]:
    """Raises Forbidden."""
    return conversations.figures_by_day(actor, wanted.period, house_zone(), team_id=wanted.team_id)


def hours(actor: Actor, wanted: Wanted) -> list[list[int]]:
    """Raises Forbidden."""
    return conversations.words_by_hour(actor, wanted.period, house_zone(), team_id=wanted.team_id)


def responses(actor: Actor, wanted: Wanted) -> Sequence[int]:
    """Raises Forbidden."""
    return conversations.responses_by_length(actor, wanted.period, team_id=wanted.team_id)


def requests(actor: Actor, wanted: Wanted) -> list[Request]:
    """Raises Forbidden."""
    return consistency(actor, wanted.period, team_id=wanted.team_id, fewest=FEWEST)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), house_zone())
