"""Search as one types: number, name, pinyin, phone and mail over a million archives, the exact ones first (S0-67)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet, Value

from haoke.accounts.queries import staff_names
from haoke.core.actor import Actor
from haoke.customers.choices import ContactKind, CustomerKind, OwnershipKind
from haoke.customers.models import ContactPoint, Customer
from haoke.customers.queries.reach import visible_customers
from haoke.customers.rules.searching import Query, matched_on, name_sort, rank, read_query

# Of a piece that thousands share, so many are read and the best of them shown: nobody reads further, people type on.
MOST_CANDIDATES = 200


@dataclass(frozen=True)
class Hit:
    id: int
    number: str
    name: str
    kind: str
    owner_name: str
    matched_on: str


def search(text: str, actor: Actor, most: int = 20) -> list[Hit]:
    """The customers within reach whom the text may mean, best first; two queries, none for an empty text."""
    query = read_query(text)
    if not query.terms:
        return []
    rows = _candidates(query, visible_customers(actor))
    best = sorted(rows.values(), key=lambda row: (row["order"], row["name"], row["id"]))[:most]
    owners = staff_names(row["owner_id"] for row in best)
    return [
        Hit(
            id=row["id"],
            number=row["number"],
            name=row["name"],
            kind=row["kind"],
            owner_name=owners.get(row["owner_id"], ""),
            matched_on=matched_on(query, number=row["number"], name=row["name"]),
        )
        for row in best
    ]


def containing(customers: QuerySet[Customer], query: Query) -> QuerySet[Customer]:
    """Those whose search text holds every piece of the query; the trigram index answers."""
    for pattern in query.patterns:
        customers = customers.filter(search_text__contains=pattern)
    return customers


def with_owner(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Adds `owner_id`, the colleague who answers for the customer now."""
    return customers.annotate(
        owned_now=FilteredRelation(
            "ownerships", condition=Q(ownerships__ended_at=None, ownerships__kind=OwnershipKind.PRIMARY)
        ),
        owner_id=F("owned_now__staff_id"),
    )


def _candidates(query: Query, customers: QuerySet[Customer]) -> dict[int, dict[str, Any]]:
    """One union of index look-ups: exact matches can never be crowded out by the vague ones."""
    exact_contact = ContactPoint.objects.filter(_exact_contact(query)).values("customer_id")
    sort_keys = {name_sort(query.text, kind) for kind in CustomerKind.values}
    branches = [
        _columns(customers.filter(number=query.number), is_exact_contact=False),
        _columns(customers.filter(name_sort__in=sort_keys), is_exact_contact=False),
        _columns(containing(customers, query), is_exact_contact=False),
    ]
    if query.phone or query.mail:
        branches.insert(0, _columns(customers.filter(pk__in=exact_contact), is_exact_contact=True))
    rows: dict[int, dict[str, Any]] = {}
    for row in branches[0].union(*branches[1:], all=True):
        row["order"] = rank(query, number=row["number"], name=row["name"], is_exact_contact=row.pop("is_exact_contact"))
        known = rows.get(row["id"])
        rows[row["id"]] = row if known is None or row["order"] < known["order"] else known
    return rows


def _columns(customers: QuerySet[Customer], *, is_exact_contact: bool) -> QuerySet[Any, Any]:
    found = with_owner(customers).annotate(is_exact_contact=Value(is_exact_contact))
    return found.values("id", "number", "name", "kind", "owner_id", "is_exact_contact")[:MOST_CANDIDATES]


def _exact_contact(query: Query) -> Q:
    if query.mail:
        return Q(kind=ContactKind.MAIL, normalised=query.mail)
    return Q(kind__in=[ContactKind.PHONE, ContactKind.FAX], normalised=query.phone)
