"""What colleagues wish to be told: what the house does by itself, and what they chose otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from haoke.notifications.choices import Kind, Rhythm
from haoke.notifications.models import Choice, Correspondence
from haoke.notifications.rules import DEFAULTS, Wish


def wishes_for(kind: str, staff_ids: Iterable[int]) -> dict[int, Wish]:
    """How each of these colleagues wishes to hear of one kind; one query."""
    wishes = dict.fromkeys(staff_ids, DEFAULTS[kind])
    chosen = Choice.objects.filter(kind=kind, staff_id__in=wishes)
    return wishes | {each.staff_id: Wish(each.in_page, each.mail) for each in chosen}


def wishes_of(staff_id: int) -> dict[str, Wish]:
    """How one colleague wishes to hear of each kind, in the order of the kinds; one query."""
    chosen = Choice.objects.filter(staff_id=staff_id)
    wishes = dict(DEFAULTS) | {each.kind: Wish(each.in_page, each.mail) for each in chosen}
    return {kind: wishes[kind] for kind in Kind.values}


def rhythm_of(staff_id: int) -> str:
    found = Correspondence.objects.filter(staff_id=staff_id).values_list("rhythm", flat=True).first()
    return found or Rhythm.HOURLY
