"""Reading facts back: a customer's history, a subject's history, the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from haoke.core.paging import Place, after
from haoke.timeline.choices import Audience
from haoke.timeline.facts import REGISTRY, sentence_of
from haoke.timeline.models import Entry
from haoke.timeline.rules import longest_silence


@dataclass(frozen=True)
class Line:
    """One fact ready to be read: its sentence is in the active language."""

    id: int
    kind: str
    at: datetime
    sentence: str
    icon: str
    by: str
    actor_kind: str
    channel: str
    direction: str
    subject_kind: str
    subject_id: int | None
    customer_id: int | None
    payload: dict[str, Any]

    @property
    def place(self) -> Place:
        """Where in a history, newest first, the line stands."""
        return Place(self.at, self.id)

    @property
    def is_touch(self) -> bool:
        return bool(self.channel)


@dataclass(frozen=True)
class Continuity:
    """How steadily a customer and we were in touch; `last_touch_at` is None where there was no touch in the period."""

    last_touch_at: datetime | None
    longest_silence: timedelta


def customer_history(
    customer_ids: Iterable[int],
    *,
    also: Mapping[str, Sequence[int]] | None = None,
    before: Place | None = None,
    most: int = 50,
    touches_only: bool = False,
) -> list[Line]:
    """What happened with a customer (the family of ids after merges), newest first, `most` lines a page.

    `also` names further subjects (kind: ids) whose facts belong here although they were recorded before anybody knew
    the customer. `before` is the place of the last line of the page before. Scope is the caller's: ask only for
    customers the actor may see.
    """
    whose = Q(customer_id__in=list(customer_ids))
    for subject_kind, subject_ids in (also or {}).items():
        if subject_ids:
            whose |= Q(subject_kind=subject_kind, subject_id__in=subject_ids)
    entries = Entry.objects.filter(whose).exclude(audience=Audience.AUDIT)
    if touches_only:
        entries = entries.exclude(channel="")
    return _lines(entries, before, most)


def continuity(customer_ids: Iterable[int], *, since: datetime, until: datetime) -> Continuity:
    """How steadily a customer (the family of ids after merges) was in touch in a period; one query (S0-56, S1-05).

    Only touches count: what the house or a machine of the customer's sends by itself is none. Scope is the caller's.
    """
    touches = Entry.objects.filter(customer_id__in=list(customer_ids), at__gt=since, at__lte=until).exclude(channel="")
    moments = list(touches.values_list("at", flat=True))
    return Continuity(max(moments, default=None), longest_silence(moments, since=since, until=until))


def subject_history(subject_kind: str, subject_id: int, *, most: int = 200) -> list[Line]:
    """What happened to one thing, oldest first; the newest `most` of it."""
    entries = Entry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).exclude(audience=Audience.AUDIT)
    return _lines(entries, None, most)[::-1]


def audit_trail(*, kinds: Sequence[str] = (), before: Place | None = None, most: int = 50) -> list[Line]:
    """Every fact of every audience, newest first."""
    entries = Entry.objects.filter(kind__in=kinds) if kinds else Entry.objects.all()
    return _lines(entries, before, most)


def _lines(entries: QuerySet[Entry], before: Place | None, most: int) -> list[Line]:
    return [_line(entry) for entry in after(entries, "at", before)[:most]]


def _line(entry: Entry) -> Line:
    fact = REGISTRY.get(entry.kind)
    return Line(
        id=entry.pk,
        kind=entry.kind,
        at=entry.at,
        sentence=sentence_of(entry.kind, entry.payload, by=entry.actor_name),
        icon=fact.icon if fact else "circle-dot",
        by=entry.actor_name,
        actor_kind=entry.actor_kind,
        channel=entry.channel,
        direction=entry.direction,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        customer_id=entry.customer_id,
        payload=entry.payload,
    )
