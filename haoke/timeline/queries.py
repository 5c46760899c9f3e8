"""Reading back: a customer's history, a subject's history, the audit trail, and who looked at what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from haoke.core.paging import Place, after
from haoke.timeline.choices import AccessKind, Audience
from haoke.timeline.facts import REGISTRY, sentence_of
from haoke.timeline.models import Access, Entry
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
    actor_id: int | None
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


def facts(entry_ids: Iterable[int]) -> dict[int, Line]:
    """Single facts by their ids, of every audience, in one query; scope is the caller's."""
    return {entry.pk: _line(entry) for entry in Entry.objects.filter(pk__in=list(entry_ids))}


def whole_history(subject_kind: str, subject_id: int, *, kinds: Sequence[str]) -> list[Line]:
    """Every fact of these kinds about one thing, of every audience, in the order in which they were recorded."""
    entries = Entry.objects.filter(subject_kind=subject_kind, subject_id=subject_id, kind__in=kinds)
    return [_line(entry) for entry in entries.order_by("pk")]


def told_between(
    subject_kind: str, subject_ids: Iterable[int], *, since: datetime | None, until: datetime | None, most: int = 200
) -> list[Line]:
    """What happened to several things that are read as one, oldest first; the newest `most` of the half-open period."""
    entries = Entry.objects.filter(subject_kind=subject_kind, subject_id__in=list(subject_ids))
    if since is not None:
        entries = entries.filter(at__gte=since)
    if until is not None:
        entries = entries.filter(at__lt=until)
    return _lines(entries.exclude(audience=Audience.AUDIT), None, most)[::-1]


def audit_trail(*, kinds: Sequence[str] = (), before: Place | None = None, most: int = 50) -> list[Line]:
    """Every fact of every audience, newest first."""
    entries = Entry.objects.filter(kind__in=kinds) if kinds else Entry.objects.all()
    return _lines(entries, before, most)


@dataclass(frozen=True)
class AccessFilter:
    """Which looks are wanted: of one colleague, at one family of archives, of one kind, in a half-open period."""

    staff_id: int | None = None
    customer_ids: Sequence[int] | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def accesses(wanted: AccessFilter, *, before: Place | None = None, most: int = 50) -> list[Access]:
    """Who looked at personal data, newest first."""
    found = Access.objects.all()
    if wanted.staff_id is not None:
        found = found.filter(_of_staff(wanted.staff_id))
    if wanted.customer_ids is not None:
        found = found.filter(customer_id__in=wanted.customer_ids)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    return list(after(found, "at", before)[:most])


def _of_staff(staff_id: int) -> Q:
    """What the colleague did, and who tried to come in under their name."""
    tried = Q(kind=AccessKind.REFUSED_SIGN_IN, subject_kind="staff", subject_id=staff_id)
    return Q(actor_kind="staff", actor_id=staff_id) | tried


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
        actor_id=entry.actor_id,
        channel=entry.channel,
        direction=entry.direction,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        customer_id=entry.customer_id,
        payload=entry.payload,
    )
