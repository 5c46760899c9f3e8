"""Reading worklists: one ordered list, the overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from haoke.core.actor import Actor
from haoke.worklist.kinds import REGISTRY
from haoke.worklist.models import Item


@dataclass(frozen=True)
class Todo:
    """One thing to do, ready to be read: what, for whom, why now, by when, where."""

    id: int
    kind: str
    label: str
    reason: str
    icon: str
    url: str
    customer_id: int | None
    due_at: datetime
    is_mine: bool


def reachable_items(actor: Actor) -> QuerySet[Item]:
    """One's own items and those of one's teams that nobody took."""
    if "*" in actor.abilities:
        return Item.objects.all()
    if actor.staff_id is None:
        return Item.objects.none()
    return Item.objects.filter(Q(assignee_id=actor.staff_id) | Q(assignee_id=None, team_id__in=actor.team_ids))


def open_items(actor: Actor, *, most: int = 100) -> list[Todo]:
    """What is to do, by due time, at most `most`; one query."""
    items = reachable_items(actor).filter(done_at=None).order_by("due_at", "pk")[:most]
    return [_todo(item, actor) for item in items]


def count_open(actor: Actor, *, most: int = 100) -> int:
    """How much is to do, counted no further than `most`."""
    return reachable_items(actor).filter(done_at=None)[:most].count()


def _todo(item: Item, actor: Actor) -> Todo:
    kind = REGISTRY[item.kind]
    argument: Any = item.details.get(kind.url_argument) if kind.url_argument else item.subject_id
    return Todo(
        id=item.pk,
        kind=item.kind,
        label=str(kind.label),
        reason=str(kind.reason) % item.details if item.details else str(kind.reason),
        icon=kind.icon,
        url=reverse(kind.url_name, args=[argument]),
        customer_id=item.customer_id,
        due_at=item.due_at,
        is_mine=item.assignee_id == actor.staff_id,
    )
