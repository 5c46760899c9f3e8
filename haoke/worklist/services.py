"""Adding to somebody's worklist, and ticking off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record
from haoke.worklist.errors import AlreadyOpen
from haoke.worklist.events import WorklistItemFinished, WorklistItemReopened
from haoke.worklist.kinds import REGISTRY
from haoke.worklist.models import Item
from haoke.worklist.queries import reachable_items


@transaction.atomic
def add_item(
    *,
    kind: str,
    subject_kind: str,
    subject_id: int,
    customer_id: int | None = None,
    assignee_id: int | None = None,
    team_id: int | None = None,
    details: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Item:
    """Puts one thing to do on a person's list, or on a team's where nobody is named.

    Asking again for the same open thing changes nothing, so a repeated job never doubles it.
    """
    now = clock.now()
    item, is_new = Item.objects.get_or_create(
        kind=REGISTRY[kind].code,
        subject_kind=subject_kind,
        subject_id=subject_id,
        done_at=None,
        defaults={
            "customer_id": customer_id,
            "assignee_id": assignee_id,
            "team_id": team_id,
            "details": details or {},
            "due_at": due_at or now,
            "created_at": now,
        },
    )
    if is_new:
        live.announce("today")
    return item


@transaction.atomic
def finish_item(*, item_id: int, by: Actor) -> Item:
    """Ticks one item off. Raises Forbidden, NotFound where it is not on the actor's list."""
    by.require("worklist.view")
    item = reachable_items(by).select_for_update(of=("self",)).filter(pk=item_id, done_at=None).first()
    if item is None:
        raise NotFound()
    _finish(item, by)
    return item


@transaction.atomic
def reopen_item(*, item_id: int, by: Actor) -> Item:
    """Takes back a tick. Raises Forbidden, NotFound, AlreadyOpen where the same thing came up again meanwhile."""
    by.require("worklist.view")
    item = reachable_items(by).select_for_update(of=("self",)).filter(pk=item_id, done_at__isnull=False).first()
    if item is None:
        raise NotFound()
    same = Item.objects.filter(kind=item.kind, subject_kind=item.subject_kind, subject_id=item.subject_id, done_at=None)
    if same.exists():
        raise AlreadyOpen()
    item.done_at, item.done_by_name = None, ""
    item.save(update_fields=["done_at", "done_by_name"])
    record(WorklistItemReopened(item_id=item.pk, customer_id=item.customer_id, task=item.kind), by=by)
    live.announce("today")
    return item


@transaction.atomic
def finish_items_of(*, subject_kind: str, subject_id: int, kinds: tuple[str, ...] = (), by: Actor) -> int:
    """Ticks off what is settled by itself, such as a reminder whose conversation was answered; returns how many."""
    items = Item.objects.select_for_update().filter(subject_kind=subject_kind, subject_id=subject_id, done_at=None)
    found = list(items.filter(kind__in=kinds) if kinds else items)
    for item in found:
        _finish(item, by)
    return len(found)


def _finish(item: Item, by: Actor) -> None:
    item.done_at = clock.now()
    item.done_by_name = by.name[:200]
    item.save(update_fields=["done_at", "done_by_name"])
    record(WorklistItemFinished(item_id=item.pk, customer_id=item.customer_id, task=item.kind), by=by, at=item.done_at)
    live.announce("today")
