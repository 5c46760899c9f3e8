"""Lists of conversations: the inbox by key, a customer's and a colleague's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from haoke.accounts import queries as accounts
from haoke.conversations.choices import State
from haoke.conversations.models import Conversation
from haoke.conversations.queries.reach import readable_conversations, visible_conversations
from haoke.core.actor import Actor
from haoke.core.paging import Place, after, cut
from haoke.customers import queries as customers

PAGE_SIZE = 50
UNFINISHED = (State.NEW, State.OPEN, State.WAITING, State.ON_HOLD)

_COLUMNS = (
    "pk",
    "subject",
    "preview",
    "state",
    "urgency",
    "customer_id",
    "sender_name",
    "assignee_id",
    "team_id",
    "last_message_at",
)


@dataclass(frozen=True)
class InboxFilter:
    """What the inbox shows: `view` mine | unassigned | team | all, `state` a code, "unfinished" or "any"."""

    view: str = "all"
    state: str = "unfinished"
    text: str = ""


@dataclass(frozen=True)
class InboxRow:
    id: int
    subject: str
    preview: str
    state: str
    urgency: str
    customer_id: int | None
    customer_name: str
    customer_number: str
    customer_kind: str
    assignee: str
    team: str
    last_message_at: datetime

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class InboxPage:
    """One page of rows and the place where the next one begins, None on the last."""

    rows: list[InboxRow]
    following: Place | None


def inbox_page(actor: Actor, wanted: InboxFilter, *, place: Place | None = None) -> InboxPage:
    """One page of the inbox, the latest message first; four queries however long the list is."""
    found = _filtered(visible_conversations(actor), actor, wanted)
    rows = _rows(after(found, "last_message_at", place), PAGE_SIZE + 1)
    return InboxPage(*cut(rows, PAGE_SIZE, lambda row: Place(row.last_message_at, row.id)))


def rows_of_customers(customer_ids: Iterable[int], actor: Actor, *, most: int = 20) -> list[InboxRow]:
    """A customer's conversations as far as the actor sees them, the latest first."""
    return _rows(visible_conversations(actor).filter(customer_id__in=list(customer_ids)), most)


def rows_of_staff(actor: Actor, *, most: int = 20) -> list[InboxRow]:
    """What is open and assigned to the actor, the longest silent first."""
    if actor.staff_id is None:
        return []
    mine = Conversation.objects.filter(assignee_id=actor.staff_id, state__in=UNFINISHED)
    return _rows(mine, most, order=("last_message_at", "pk"))


def search(text: str, actor: Actor, *, most: int = 10) -> list[InboxRow]:
    """Conversations by reference (HK-123), subject or sender, other teams' included where the actor may read them."""
    digits = text.upper().removeprefix("HK-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 15:
        return _rows(readable_conversations(actor).filter(pk=int(digits)), most)
    return _rows(_containing(readable_conversations(actor), text), most)


def _containing(found: QuerySet[Conversation], text: str) -> QuerySet[Conversation]:
    return found.filter(Q(subject__icontains=text) | Q(sender_name__icontains=text))


def _filtered(found: QuerySet[Conversation], actor: Actor, wanted: InboxFilter) -> QuerySet[Conversation]:
    if wanted.view == "mine":
        found = found.filter(assignee_id=actor.staff_id, assignee_id__isnull=False)
    elif wanted.view == "unassigned":
        found = found.filter(assignee_id=None)
    elif wanted.view == "team":
        found = found.filter(team_id__in=actor.team_ids)
    if wanted.state == "unfinished":
        found = found.filter(state__in=UNFINISHED)
    elif wanted.state in State.values:
        found = found.filter(state=wanted.state)
    if wanted.text:
        found = _containing(found, wanted.text)
    return found


def _rows(
    found: QuerySet[Conversation], most: int, order: tuple[str, str] = ("-last_message_at", "-pk")
) -> list[InboxRow]:
    # Plain tuples: building model instances took a third of the page's time (TECH, Where a page's time goes).
    values = list(found.order_by(*order).values_list(*_COLUMNS, named=True)[:most])
    known = customers.names([row.customer_id for row in values if row.customer_id])
    staff = accounts.staff_names(row.assignee_id for row in values)
    teams = accounts.team_names(row.team_id for row in values)
    rows = []
    for row in values:
        customer = known.get(row.customer_id)
        rows.append(
            InboxRow(
                id=row.pk,
                subject=row.subject,
                preview=row.preview,
                state=row.state,
                urgency=row.urgency,
                customer_id=row.customer_id,
                customer_name=customer.name if customer else row.sender_name,
                customer_number=customer.number if customer else "",
                customer_kind=customer.kind if customer else "person",
                assignee=staff.get(row.assignee_id, ""),
                team=teams.get(row.team_id, ""),
                last_message_at=row.last_message_at,
            )
        )
    return rows
