"""Who else has a conversation open right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from haoke.conversations.models import Viewing
from haoke.core.actor import Actor

# Two signs of life, fifteen seconds apart, may get lost on the way.
FORGOTTEN_AFTER = timedelta(seconds=40)
MOST_SHOWN = 8


@dataclass(frozen=True)
class Person:
    name: str
    is_writing: bool


def people_at(conversation_id: int, actor: Actor, *, now: datetime) -> list[Person]:
    """Colleagues other than the actor who look at it, those who write first; ask for readable conversations only."""
    rows = present(actor, now=now).filter(conversation_id=conversation_id).values_list("staff__name", "is_writing")
    return [Person(*row) for row in rows[:MOST_SHOWN]]


def present(actor: Actor, *, now: datetime) -> QuerySet[Viewing]:
    """Who else has given a sign of life, wherever."""
    found = Viewing.objects.filter(seen_at__gt=now - FORGOTTEN_AFTER).order_by("-is_writing", "staff__name")
    return found.exclude(staff_id=actor.staff_id) if actor.staff_id else found
