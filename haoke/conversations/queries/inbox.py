"""Lists of conversations: the inbox by key in five orders, a customer's and a colleague's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from haoke.conversations.choices import InboxSort, InboxView, SearchIs, SearchKey, State
from haoke.conversations.models import Conversation
from haoke.conversations.queries.filtering import apply_search
from haoke.conversations.queries.reach import visible_conversations
from haoke.conversations.queries.rows import InboxRow, rows_of
from haoke.conversations.queries.search_names import read_search
from haoke.conversations.queries.views import AT_WORK, STANDS_FOR_ITSELF, in_view
from haoke.conversations.rules import SearchQuery
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.paging import NEVER, Place, after, cut

PAGE_SIZE = 50


@dataclass(frozen=True)
class InboxFilter:
    """What the inbox shows.

    `view` is an InboxView, `sort` an InboxSort, `state` a code, "unfinished" or "any", `text` is in the filter language
    of the search. What is snoozed stays in its own list, unless `shows_snoozed`.
    """

    view: str = InboxView.ALL
    state: str = "unfinished"
    text: str = ""
    sort: str = InboxSort.NEWEST
    shows_snoozed: bool = False


@dataclass(frozen=True)
class InboxPage:
    """One page of rows, with the places where the next one begins and the one before ends; None at either end.

    `problems` are sentences about the search that it could not follow.
    """

    rows: list[InboxRow]
    following: Place | None
    preceding: Place | None = None
    problems: tuple[str, ...] = ()


class _Order(NamedTuple):
    moment: Any
    is_oldest_first: bool


_DECIDE_STATE = (SearchKey.STATUS, SearchKey.REFERENCE)

_ORDERS = {
    InboxSort.NEWEST: _Order(F("last_message_at"), False),
    InboxSort.OLDEST: _Order(F("last_message_at"), True),
    # Whoever waits for nothing, and what is due at no time, comes last.
    InboxSort.LONGEST_WAITING: _Order(Coalesce("waiting_since", NEVER), True),
    InboxSort.DUE_FIRST: _Order(Coalesce("due_at", NEVER), True),
    InboxSort.NEWEST_OPENED: _Order(F("opened_at"), False),
}


def inbox_page(
    actor: Actor, wanted: InboxFilter, *, place: Place | None = None, before: Place | None = None
) -> InboxPage:
    """One page of the inbox: the rows after a place, or those `before` one; as many queries however long the list."""
    found, problems = _listed(actor, wanted)
    order = _ORDERS[InboxSort(wanted.sort)]
    if before is not None:
        earlier = _run(found, order, before, backwards=True)
        if len(earlier) > PAGE_SIZE:
            rows, first = cut(earlier, PAGE_SIZE, _place)
            return InboxPage(rows[::-1], _place(rows[0]), first, problems)
        # Fewer than a page came before: this is the first page, shown whole.
        place = None
    rows, following = cut(_run(found, order, place), PAGE_SIZE, _place)
    return InboxPage(rows, following, _place(rows[0]) if place and rows else None, problems)


def matching(actor: Actor, wanted: InboxFilter) -> QuerySet[Conversation]:
    """Every conversation the inbox would list, in no order."""
    return _listed(actor, wanted)[0]


def neighbours(conversation_id: int, actor: Actor, wanted: InboxFilter) -> tuple[int | None, int | None]:
    """The conversations before and after this one in a list, in two queries; it need not be in the list any more."""
    order = _ORDERS[InboxSort(wanted.sort)]
    here = (
        Conversation.objects.filter(pk=conversation_id)
        .annotate(listed_by=order.moment)
        .values_list("listed_by", "pk")
        .first()
    )
    if here is None:
        return None, None
    found = _listed(actor, wanted)[0].annotate(listed_by=order.moment)
    before, following = (
        after(found, "listed_by", Place(*here), oldest_first=direction).values_list("pk", flat=True).first()
        for direction in (not order.is_oldest_first, order.is_oldest_first)
    )
    return before, following


def rows_of_customers(customer_ids: Iterable[int], actor: Actor, *, most: int = 20) -> list[InboxRow]:
    """A customer's conversations as far as the actor sees them, the latest first."""
    found = visible_conversations(actor).filter(STANDS_FOR_ITSELF, customer_id__in=list(customer_ids))
    return rows_of(found.order_by("-last_message_at", "-pk")[:most])


def rows_of_staff(actor: Actor, *, most: int = 20) -> list[InboxRow]:
    """What is open and assigned to the actor, the longest silent first."""
    if actor.staff_id is None:
        return []
    mine = Conversation.objects.filter(AT_WORK, in_view(InboxView.MINE, actor))
    return rows_of(mine.order_by("last_message_at", "pk")[:most])


def _listed(actor: Actor, wanted: InboxFilter) -> tuple[QuerySet[Conversation], tuple[str, ...]]:
    query = read_search(wanted.text, actor)
    found = visible_conversations(actor).filter(
        _states_of(wanted, query), in_view(wanted.view, actor, shows_snoozed=_shows_snoozed(wanted, query))
    )
    problems = tuple(problem.sentence for problem in query.problems)
    return apply_search(found, query, actor, now=clock.now()), problems


def _states_of(wanted: InboxFilter, query: SearchQuery) -> Q:
    """Which states are meant: a search that names one, or one conversation, decides about that itself."""
    if wanted.state in State.values:
        return STANDS_FOR_ITSELF & Q(state=wanted.state)
    if wanted.state == "any" or any(each.key in _DECIDE_STATE for each in query.filters):
        return STANDS_FOR_ITSELF
    return AT_WORK


def _shows_snoozed(wanted: InboxFilter, query: SearchQuery) -> bool:
    asks = any(each.key == SearchKey.IS and SearchIs.SNOOZED in each.values for each in query.filters)
    names_one = any(each.key == SearchKey.REFERENCE for each in query.filters)
    return wanted.shows_snoozed or wanted.state == "any" or asks or names_one


def _run(
    found: QuerySet[Conversation], order: _Order, place: Place | None, *, backwards: bool = False
) -> list[InboxRow]:
    """A page of rows and one more, which tells whether the list goes on."""
    listed = found.annotate(listed_by=order.moment)
    oldest_first = order.is_oldest_first != backwards
    return rows_of(after(listed, "listed_by", place, oldest_first=oldest_first)[: PAGE_SIZE + 1], is_inbox=True)


def _place(row: InboxRow) -> Place:
    return Place(row.listed_by or row.last_message_at, row.id)
