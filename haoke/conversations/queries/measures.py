"""How conversations went over a period, counted in the database: by team, colleague, category, urgency or channel.

Everything is recomputed from counts and sums, never an average of averages, so colleagues add up to their team and
teams to the company (S0-07).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.conversations.choices import Dimension, MessageKind, Urgency
from haoke.conversations.models import Category, Measures
from haoke.conversations.queries.measure_words import Period, clock_words, measure_words
from haoke.core.actor import Actor

# Stands for all colleagues whose names the actor may not see beside figures.
OTHERS = -1


@dataclass(frozen=True)
class Durations:
    """How long something took, in seconds: how often, altogether, and where the middle and the slow tenth begin."""

    n: int = 0
    total: float = 0
    median: float | None = None
    p90: float | None = None

    @property
    def mean(self) -> float | None:
        return self.total / self.n if self.n else None


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    part: int = 0
    n: int = 0


@dataclass(frozen=True)
class Figures:
    """The figures of one group; `key` is None where nobody, or nothing, is named."""

    key: Any
    label: str
    opened: int
    resolved: int
    # Not finished at the end of the period.
    open: int
    first_response: Durations
    first_response_business: Durations
    next_response: Durations
    next_response_business: Durations
    resolution: Durations
    resolution_business: Durations
    kept_first_response: Part
    kept_next_response: Part
    kept_resolution: Part
    reopened: Part
    one_touch: Part


@dataclass(frozen=True)
class FigureTable:
    """The groups of one dimension, and all of them together, computed apart from them."""

    rows: list[Figures]
    total: Figures


def figures(actor: Actor, period: Period, dimension: str, *, team_id: int | None = None) -> FigureTable:
    """The figures of a period; five queries however many conversations there are. Raises Forbidden.

    Everybody sees the teams and the company; colleagues by name only those whom the actor leads, and oneself.
    """
    actor.require("reports.view")
    named = named_colleagues(actor)
    measures = measures_of(period, team_id=team_id).annotate(group=_group(dimension, named))
    told, kept = measure_words(period), clock_words(period)
    by_group = _by_group(measures, told)
    for key, words in _by_group(measures, kept).items():
        by_group[key] |= words
    labels = _labels(dimension, by_group)
    rows = [_figures(key, labels[key], words) for key, words in by_group.items()]
    return FigureTable(
        rows=sorted(rows, key=lambda row: (row.key is None, row.key == OTHERS, _order(dimension, row))),
        total=_figures(None, "", measures.aggregate(**told) | measures.aggregate(**kept)),
    )


def _by_group(measures: Any, words: Mapping[str, Any]) -> dict[Any, dict[str, Any]]:
    return {row["group"]: dict(row) for row in measures.values("group").order_by().annotate(**words)}


def measures_of(period: Period, *, team_id: int | None = None) -> QuerySet[Measures]:
    """What a period can be counted from; a merged conversation counts once, with the one it was merged into."""
    found = Measures.objects.filter(
        Q(resolved_at=None) | Q(resolved_at__gte=period.start) | Q(first_response_at__gte=period.start),
        opened_at__lt=period.end,
        conversation__merged_into=None,
    )
    return found if team_id is None else found.filter(team_id=team_id)


def named_colleagues(actor: Actor) -> frozenset[int] | None:
    """Whose figures the actor sees under their names; None is everybody's (RULINGS, Who sees what)."""
    if "*" in actor.abilities or actor.reaches_all_teams or actor.roles & {Role.QUALITY_MANAGER, Role.ADMINISTRATOR}:
        return None
    own = {actor.staff_id} if actor.staff_id else set()
    if Role.SUPERVISOR in actor.roles:
        for team_id in actor.team_ids:
            own |= {each.id for each in accounts.assignable_staff(team_id)}
    return frozenset(own)


def _group(dimension: str, named: frozenset[int] | None) -> Combinable:
    if dimension != Dimension.AGENT:
        return F(_FIELDS[Dimension(dimension)])
    if named is None:
        return F("staff_id")
    return Case(When(Q(staff_id=None) | Q(staff_id__in=named), then=F("staff_id")), default=Value(OTHERS))


_FIELDS = {
    Dimension.TEAM: "team_id",
    Dimension.CATEGORY: "conversation__category_id",
    Dimension.URGENCY: "conversation__urgency",
    Dimension.CHANNEL: "came_by",
}


def _figures(key: Any, label: str, words: Mapping[str, Any]) -> Figures:
    return Figures(
        key=key or None,
        label=label,
        opened=words["opened"],
        resolved=words["resolved"],
        open=words["open"],
        first_response=_duration("first_response", words),
        first_response_business=_duration("first_response_business", words),
        next_response=_duration("next_response", words),
        next_response_business=_duration("next_response_business", words),
        resolution=_duration("resolution", words),
        resolution_business=_duration("resolution_business", words),
        kept_first_response=_part("kept_first_response", words),
        kept_next_response=_part("kept_next_response", words),
        kept_resolution=_part("kept_resolution", words),
        reopened=_part("reopened", words),
        one_touch=_part("one_touch", words),
    )


def _duration(name: str, words: Mapping[str, Any]) -> Durations:
    return Durations(*(words[f"{name}_{each}"] for each in ("n", "total", "median", "p90")))


def _part(name: str, words: Mapping[str, Any]) -> Part:
    return Part(words[f"{name}_part"], words[f"{name}_n"])


def _labels(dimension: str, keys: Mapping[Any, Any]) -> dict[Any, str]:
    """What the groups are called; an empty label means that nobody, or nothing, is named."""
    known: dict[Any, str] = {}
    if dimension == Dimension.TEAM:
        known = accounts.team_names(keys)
    elif dimension == Dimension.AGENT:
        known = accounts.staff_names(key for key in keys if key != OTHERS)
    elif dimension == Dimension.CATEGORY:
        known = {each.pk: each.name for each in Category.objects.filter(pk__in=[key for key in keys if key])}
    else:
        codes = Urgency if dimension == Dimension.URGENCY else MessageKind
        known = {code: str(label) for code, label in codes.choices}
    return {key: known.get(key, "") for key in keys}


def _order(dimension: str, row: Figures) -> Any:
    """Urgencies by their weight, everything else by its name."""
    return -Urgency.values.index(row.key) if dimension == Dimension.URGENCY else row.label
