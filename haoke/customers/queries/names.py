"""Who a customer is in one line, in batches: for lists of other domains that hold only ids and are scoped already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from haoke.core.actor import Actor
from haoke.customers.choices import OwnershipKind
from haoke.customers.models import Customer
from haoke.customers.queries.reach import current_ownerships, visible_customers


@dataclass(frozen=True)
class CustomerName:
    number: str
    name: str
    kind: str
    language: str


def names(ids: Iterable[int | None]) -> dict[int, CustomerName]:
    """Names by id, in one query."""
    found = Customer.objects.filter(pk__in={each for each in ids if each})
    return {row[0]: CustomerName(*row[1:]) for row in found.values_list("pk", "number", "name", "kind", "language")}


def names_within_reach(ids: Iterable[int | None], actor: Actor) -> dict[int, CustomerName]:
    """Names by id as far as the actor may see the customers, in one query; for lists scoped by something else."""
    found = visible_customers(actor).filter(pk__in={each for each in ids if each})
    return {row[0]: CustomerName(*row[1:]) for row in found.values_list("pk", "number", "name", "kind", "language")}


def primary_owner(customer_id: int) -> int | None:
    """The colleague who answers for the customer now, None in the public pool."""
    found = current_ownerships().filter(customer_id=customer_id, kind=OwnershipKind.PRIMARY)
    return found.values_list("staff_id", flat=True).first()


def primary_owner_name(customer_id: int) -> str:
    """What the colleague who answers for the customer now is called, empty in the public pool; one query."""
    found = current_ownerships().filter(customer_id=customer_id, kind=OwnershipKind.PRIMARY)
    return found.values_list("staff__name", flat=True).first() or ""


def family_ids(customer_id: int) -> list[int]:
    """The customer and every archive merged into it, over any number of steps (HOUSE, section 4)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE family AS (SELECT %s::bigint AS id"
            " UNION SELECT merged.id FROM customers_customer merged JOIN family ON merged.merged_into_id = family.id)"
            " SELECT id FROM family ORDER BY id",
            [customer_id],
        )
        return [row[0] for row in cursor.fetchall()]


def family_of_number(number: str) -> list[int]:
    """The archive of this number with those merged into it; empty where there is none. Scope is the caller's."""
    found = (
        Customer.objects.filter(number=number.replace("\0", "").strip().upper()).values_list("pk", flat=True).first()
    )
    return family_ids(found) if found else []
