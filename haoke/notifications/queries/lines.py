"""Notifications as their reader sees them: in their language, and only what they may still see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from haoke.conversations import queries as conversations
from haoke.core.actor import Actor
from haoke.core.paging import Place, after, cut
from haoke.customers import queries as customers
from haoke.notifications.models import Notification
from haoke.timeline import queries as timeline

PAGE_SIZE = 50
# Beyond this nobody reads the number; the bell says "99+".
MOST_COUNTED = 100


@dataclass(frozen=True)
class Line:
    """One line of the list: the sentence of the newest fact, and how many it stands for."""

    id: int
    kind: str
    kind_label: str
    at: datetime
    sentence: str
    icon: str
    count: int
    is_read: bool
    # What it is about: the conversation's subject and the customer's name, as far as the reader may see them.
    subject: str
    customer: str

    @property
    def place(self) -> Place:
        return Place(self.at, self.id)


@dataclass(frozen=True)
class Page:
    """One page of lines and the place where the next one begins, None on the last."""

    lines: list[Line]
    following: Place | None


def unread_count(actor: Actor) -> int:
    """How many lines the actor has not read, counted up to MOST_COUNTED; one query over the unread ones alone."""
    if actor.staff_id is None:
        return 0
    return within_reach(unread(actor.staff_id), actor).order_by()[:MOST_COUNTED].count()


def page_of(actor: Actor, *, only_unread: bool = False, place: Place | None = None) -> Page:
    """One page of the actor's list, the newest first; four queries however long the list is."""
    shown = unread(actor.staff_id or 0) if only_unread else _shown(actor.staff_id or 0)
    rows = list(after(within_reach(shown, actor), "at", place)[: PAGE_SIZE + 1])
    kept, following = cut(rows, PAGE_SIZE, lambda row: Place(row.at, row.pk))
    return Page(lines_of(kept, actor), following)


def lines_of(rows: Sequence[Notification], actor: Actor) -> list[Line]:
    """The rows worded for their reader, who may see what they are about; three queries."""
    facts = timeline.facts(row.entry_id for row in rows)
    titles = conversations.titles([row.subject_id or 0 for row in rows if row.subject_kind == "conversation"], actor)
    names = customers.names_within_reach([each.customer_id for each in titles.values()], actor)
    return [_line(row, facts[row.entry_id], titles, names) for row in rows if row.entry_id in facts]


def unread(staff_id: int) -> QuerySet[Notification]:
    return _shown(staff_id).filter(read_at=None)


def within_reach(found: QuerySet[Notification], actor: Actor) -> QuerySet[Notification]:
    """Without those about conversations that the actor may not read any more."""
    readable = conversations.readable_conversations(actor).values("pk")
    return found.filter(~Q(subject_kind="conversation") | Q(subject_id__in=readable))


def address_of(notification: Notification) -> str:
    """Where one sees what it is about."""
    if notification.subject_kind == "conversation":
        return reverse("conversations:conversation", args=[notification.subject_id])
    return reverse("accounts:account")


def _shown(staff_id: int) -> QuerySet[Notification]:
    return Notification.objects.filter(recipient_id=staff_id, in_page=True, is_covered=False)


def _line(
    row: Notification,
    fact: timeline.Line,
    titles: dict[int, conversations.Title],
    names: dict[int, customers.CustomerName],
) -> Line:
    title = titles.get(row.subject_id or 0) if row.subject_kind == "conversation" else None
    customer = names.get(title.customer_id) if title and title.customer_id else None
    return Line(
        id=row.pk,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        at=row.at,
        sentence=fact.sentence,
        icon=fact.icon,
        count=row.count,
        is_read=row.read_at is not None,
        subject=title.subject if title else "",
        customer=customer.name if customer else "",
    )
