"""What-if: the last month under targets that nobody has saved. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from haoke.conversations.choices import ClockOutcome
from haoke.conversations.models import Clock
from haoke.conversations.queries.clocks import pauses_of
from haoke.conversations.queries.reach import readable_conversations
from haoke.conversations.queries.waiting import began_by
from haoke.conversations.rules.what_if import Comparison, Ran, Verdict, compare, judge
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.policies import queries as policies
from haoke.policies.choices import PolicyType

MONTH = timedelta(days=30)
MOST_CLOCKS = 2_000
MOST_SHOWN = 50

_COUNTED = ("", ClockOutcome.KEPT, ClockOutcome.MISSED)


@dataclass(frozen=True)
class Changed:
    """A clock that would change side; the conversation can be opened only by who may read it."""

    verdict: Verdict
    reference: str
    is_readable: bool


@dataclass(frozen=True)
class WhatIf:
    """The last month under other targets, from `n` of the `total` clocks that the scope covers."""

    since: datetime
    comparisons: list[Comparison]
    changed: list[Changed]
    changed_total: int
    n: int
    total: int
    # States in which the new targets would pause a clock that ran on at the time, so that it is judged too strictly.
    unknown_pauses: tuple[str, ...]

    @property
    def is_sample(self) -> bool:
        return self.n < self.total


def what_if(targets: policies.ServiceTargets, scope: policies.Scope, actor: Actor) -> WhatIf:
    """What the targets would have made of the clocks of the last 30 days that they would have covered.

    A clock is covered where the scope is the most particular one among those in force now and this one. Beyond 2,000
    clocks an even sample stands for all. Raises CalendarWithoutHours, UnknownCalendar.
    """
    at = clock.now()
    calendar = policies.working_calendar(targets.calendar)
    calendar.require_hours()
    covered = _covered_ids(targets, scope, at)
    rows = _rows(_evenly(covered, MOST_CLOCKS))
    judged = [judge(_ran(row, at), targets, calendar, at=at) for row in rows]
    verdicts = [each for each in judged if each is not None]
    changed = [each for each in verdicts if each.changes_side]
    return WhatIf(
        since=at - MONTH,
        comparisons=compare(verdicts),
        changed=_changed(changed[:MOST_SHOWN], actor),
        changed_total=len(changed),
        n=len(rows),
        total=len(covered),
        unknown_pauses=_unknown_pauses(rows, targets),
    )


def _covered_ids(targets: policies.ServiceTargets, scope: policies.Scope, at: datetime) -> list[int]:
    """Clocks of the last month, of the kinds that are promised, whose conversation the scope would decide about."""
    others = [each.scope for each in policies.scoped_policies(PolicyType.SERVICE_TARGETS, at=at) if each.current]
    decided_by_others = Q(pk__in=[])
    for other in others:
        if other.rank > scope.rank:
            decided_by_others |= _within(other)
    ran = Clock.objects.filter(
        started_at__gte=at - MONTH,
        started_at__lte=at,
        outcome__in=_COUNTED,
        kind__in=[promise for promise in policies.PROMISES if targets.minutes(promise)],
    )
    if any(each.channel for each in (scope, *others)):
        ran = ran.annotate(began_by=began_by("conversation"))
    found = ran.filter(_within(scope)).exclude(decided_by_others).order_by("started_at", "pk")
    return list(found.values_list("pk", flat=True))


def _within(scope: policies.Scope) -> Q:
    """Clocks of conversations in these circumstances; no archive publishes a tier yet, so none is in one."""
    if scope.tier:
        return Q(pk__in=[])
    wanted = {
        "conversation__urgency": scope.urgency,
        "conversation__customer__nature": scope.nature,
        "began_by": scope.channel,
        "conversation__category__code": scope.category,
        "conversation__team_id": scope.team_id,
    }
    return Q(**{column: value for column, value in wanted.items() if value})


def _evenly(ids: Sequence[int], most: int) -> list[int]:
    """So many at most, at equal distances, so that every week of the month has its share."""
    if len(ids) <= most:
        return list(ids)
    return [ids[number * len(ids) // most] for number in range(most)]


def _rows(ids: Sequence[int]) -> list[Clock]:
    rows = Clock.objects.filter(pk__in=ids).select_related("policy").prefetch_related("pauses")
    return list(rows.order_by("started_at", "pk"))


def _ran(row: Clock, at: datetime) -> Ran:
    return Ran(
        clock_id=row.pk,
        conversation_id=row.conversation_id,
        kind=row.kind,
        started_at=row.started_at,
        ended_at=row.stopped_at,
        is_missed=row.breached_at is not None or row.outcome == ClockOutcome.MISSED,
        pauses=tuple(pauses_of(row, until=row.stopped_at or at)),
    )


def _changed(verdicts: Sequence[Verdict], actor: Actor) -> list[Changed]:
    ids = {each.ran.conversation_id for each in verdicts}
    readable = set(readable_conversations(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return [Changed(each, f"HK-{each.ran.conversation_id}", each.ran.conversation_id in readable) for each in verdicts]


def _unknown_pauses(rows: Sequence[Clock], targets: policies.ServiceTargets) -> tuple[str, ...]:
    unknown: set[str] = set()
    for policy, kind in {(row.policy, row.kind) for row in rows}:
        unknown |= targets.pauses(kind) - policies.targets_of(policy).pauses(kind)
    return tuple(sorted(unknown))
