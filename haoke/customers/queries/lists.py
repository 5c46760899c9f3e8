"""The customer list: what it shows of each, how it is filtered and sorted, and one page after the other by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from haoke.accounts.queries import staff_names
from haoke.core.actor import Actor
from haoke.customers.choices import DETAIL_LABELS, Honorific, OwnerFilter, OwnershipKind, Sort
from haoke.customers.models import Customer
from haoke.customers.queries.reach import current_ownerships, visible_customers, without_owner
from haoke.customers.queries.searching import containing, with_owner
from haoke.customers.rules.completeness import completeness
from haoke.customers.rules.searching import read_query

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; an empty value does not narrow."""

    kind: str = ""
    owner: str = ""
    is_incomplete: bool = False


@dataclass(frozen=True)
class Row:
    """One customer; `missing` names the basic data still to be asked for, where the list is narrowed to such."""

    id: int
    number: str
    name: str
    kind: str
    honorific: str
    city: str
    owner_name: str
    completeness: int
    created_at: datetime
    missing: list[str]


@dataclass(frozen=True)
class Page:
    """One page of rows, and the numbers that the pages around it are asked for by."""

    rows: list[Row]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class _Order:
    """A column whose values, together with the key, put every customer in exactly one place."""

    column: str
    is_descending: bool = False


_ORDER_OF: Mapping[str, _Order] = {
    Sort.NAME: _Order("name_sort"),
    Sort.NEWEST: _Order("serial", is_descending=True),
    Sort.NUMBER: _Order("serial"),
}


def customers_page(
    actor: Actor,
    *,
    search: str = "",
    sort: str = Sort.NAME,
    filters: Filters = Filters(),
    after: str = "",
    before: str = "",
    most: int = PAGE,
) -> Page:
    """A page of the customers within reach; `after` and `before` are the number of the row it continues from.

    Three queries at most, however many customers there are; one more for what is missing (S0-67).
    """
    customers = _filtered(visible_customers(actor), search, filters, actor)
    order = _ORDER_OF.get(sort, _ORDER_OF[Sort.NAME])
    is_backwards = bool(before) and not after
    start = _key(after or before, order, actor)
    if start is not None:
        customers = customers.filter(_beyond(order, start, is_backwards=is_backwards))
    rows = list(_ordered(with_owner(customers), order, is_backwards=is_backwards).values(*_COLUMNS)[: most + 1])
    has_more = len(rows) > most
    rows = rows[:most][:: -1 if is_backwards else 1]
    return Page(
        rows=_rows(rows, _missing(row["id"] for row in rows) if filters.is_incomplete else {}),
        before=rows[0]["number"] if rows and (has_more if is_backwards else start is not None) else None,
        after=rows[-1]["number"] if rows and (start is not None if is_backwards else has_more) else None,
    )


_COLUMNS = ("id", "number", "name", "kind", "honorific", "city", "owner_id", "completeness", "created_at")


def _filtered(customers: QuerySet[Customer], search: str, filters: Filters, actor: Actor) -> QuerySet[Customer]:
    customers = containing(customers, read_query(search))
    if filters.kind:
        customers = customers.filter(kind=filters.kind)
    if filters.owner == OwnerFilter.MINE:
        # A token owns nobody: 0 is no colleague's key, None would ask for teams.
        mine = current_ownerships().filter(kind=OwnershipKind.PRIMARY, staff_id=actor.staff_id or 0)
        customers = customers.filter(pk__in=mine.values("customer_id"))
    if filters.owner == OwnerFilter.NONE:
        customers = customers.filter(without_owner())
    return customers.filter(completeness__lt=100) if filters.is_incomplete else customers


def _key(number: str, order: _Order, actor: Actor) -> tuple[Any, int] | None:
    if not number:
        return None
    found = visible_customers(actor).filter(number=number.replace("\0", ""))
    return found.values_list(order.column, "pk").first()


def _beyond(order: _Order, start: tuple[Any, int], *, is_backwards: bool) -> Q:
    value, pk = start
    side = "lt" if order.is_descending != is_backwards else "gt"
    # The first half lets the index begin at the right place; the second leaves out those before it with the same value.
    ahead = Q(**{f"{order.column}__{side}": value}) | Q(**{order.column: value, f"pk__{side}": pk})
    return Q(**{f"{order.column}__{side}e": value}) & ahead


def _ordered(customers: QuerySet[Customer], order: _Order, *, is_backwards: bool) -> QuerySet[Customer]:
    sign = "-" if order.is_descending != is_backwards else ""
    return customers.order_by(f"{sign}{order.column}", f"{sign}pk")


def _missing(ids: Iterable[int]) -> dict[int, list[str]]:
    """The labels of the basic data that each archive lacks, in one query."""
    kinds = ArrayAgg("contact_points__kind", distinct=True, default=[])
    found = Customer.objects.filter(pk__in=list(ids)).annotate(contact_kinds=kinds)
    return {
        row["pk"]: [str(field.label) for field in completeness(row, row["contact_kinds"]).missing]
        for row in found.values("pk", "contact_kinds", *DETAIL_LABELS)
    }


def _rows(rows: list[dict[str, Any]], missing: Mapping[int, list[str]]) -> list[Row]:
    owners = staff_names(row["owner_id"] for row in rows)
    honorifics = dict(Honorific.choices)
    return [
        Row(
            owner_name=owners.get(row.pop("owner_id"), ""),
            missing=missing.get(row["id"], []),
            **{**row, "honorific": honorifics.get(row["honorific"], "")},
        )
        for row in rows
    ]
