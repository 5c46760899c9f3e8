"""Reading facts back: a customer's history, a subject's history, the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from haoke.timeline.choices import Audience
from haoke.timeline.facts import REGISTRY, sentence_of
from haoke.timeline.models import Entry


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
    def is_touch(self) -> bool:
        return bool(self.channel)


def customer_history(
    customer_ids: Iterable[int],
    *,
    also: Mapping[str, Sequence[int]] | None = None,
    before: tuple[datetime, int] | None = None,
    most: int = 50,
    touches_only: bool = False,
) -> list[Line]:
    """What happened with a customer (the family of ids after merges), newest first, `most` lines a page.

    `also` names further subjects (kind: ids) whose facts belong here although they were recorded before anybody knew
    the customer. `before` is the (at, id) of the last line of the page before. Scope is the caller's: ask only for
    customers the actor may see.
    """
    whose = Q(customer_id__in=list(customer_ids))
    for subject_kind, subject_ids in (also or {}).items():
        if subject_ids:
            whose |= Q(subject_kind=subject_kind, subject_id__in=subject_ids)
    entries = Entry.objects.filter(whose).exclude(audience=Audience.AUDIT)
    if touches_only:
        entries = entries.exclude(channel="")
    return _lines(_page(entries, before, most))


def subject_history(subject_kind: str, subject_id: int, *, most: int = 200) -> list[Line]:
    """What happened to one thing, oldest first; the newest `most` of it."""
    entries = Entry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).exclude(audience=Audience.AUDIT)
    return _lines(_page(entries, None, most))[::-1]


def audit_trail(*, kinds: Sequence[str] = (), before: tuple[datetime, int] | None = None, most: int = 50) -> list[Line]:
    """Every fact of every audience, newest first."""
    entries = Entry.objects.filter(kind__in=kinds) if kinds else Entry.objects.all()
    return _lines(_page(entries, before, most))


def _page(entries: Any, before: tuple[datetime, int] | None, most: int) -> Any:
    if before is not None:
        at, entry_id = before
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=entry_id))
    return entries.order_by("-at", "-pk")[:most]


def _lines(entries: Iterable[Entry]) -> list[Line]:
    return [_line(entry) for entry in entries]


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
