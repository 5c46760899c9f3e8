"""Changing the details of an archive, never on top of a version one has not seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

from django.db import transaction

from haoke.accounts.queries import areas
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.live import announce
from haoke.customers import events
from haoke.customers.errors import CustomerChanged, UnknownArea
from haoke.customers.models import Customer
from haoke.customers.queries import details_of, visible_customers
from haoke.customers.rules.completeness import completeness
from haoke.customers.rules.details import PRIVATE, Changes, check_kind, clean_details, left_behind
from haoke.customers.rules.searching import name_sort, search_text
from haoke.timeline.services import record

_COMPUTED = ("name_sort", "search_text", "completeness")


@transaction.atomic
def edit_customer(*, customer_id: int, version: int, by: Actor, **changes: Unpack[Changes]) -> Customer:
    """Changes the named details; what another kind of customer alone has is cleared when the kind changes.

    Nothing is recorded where nothing changes. Raises Forbidden, NotFound, CustomerChanged when `version` is not the
    version on file, Invalid (one of customers.errors, with the field).
    """
    by.require("customers.edit")
    customer = locked_customer(customer_id, by=by)
    if customer.version != version:
        raise CustomerChanged(current=customer.version)
    old = details_of(customer)
    cleaned = clean_details(changes)
    if (kind := cleaned.get("kind", customer.kind)) != customer.kind:
        cleaned = left_behind(kind) | cleaned
    check_kind(old | cleaned)
    check_area(cleaned.get("area_id"))
    changed = {field: value for field, value in cleaned.items() if old[field] != value}
    if not changed:
        return customer
    for field, value in changed.items():
        setattr(customer, field, value)
    customer.version += 1
    compute_columns(customer, _contact_points(customer))
    customer.save(update_fields=[*changed, "version", *_COMPUTED])
    recorded = {field: None if field in PRIVATE else [old[field], value] for field, value in changed.items()}
    record(events.CustomerEdited(customer_id=customer.pk, version=customer.version, changes=recorded), by=by)
    announce("customers", f"customer:{customer.pk}")
    return customer


def locked_customer(customer_id: int, *, by: Actor) -> Customer:
    """The customer within reach, held until the transaction ends. Raises NotFound."""
    customer = visible_customers(by).select_for_update(of=("self",)).filter(pk=customer_id).first()
    if customer is None:
        raise NotFound()
    return customer


def check_area(area_id: int | None) -> None:
    """Raises UnknownArea."""
    if area_id is not None and area_id not in {area.pk for area in areas()}:
        raise UnknownArea(field="area_id")


def save_computed_columns(customer: Customer) -> None:
    """Brings search and completeness up to date after the contact points changed."""
    compute_columns(customer, _contact_points(customer))
    customer.save(update_fields=_COMPUTED)


def compute_columns(customer: Customer, contact_points: Iterable[tuple[str, str, str]]) -> None:
    """Sets what the rules make of the details and the contact points (kind, value, normalised)."""
    points = list(contact_points)
    customer.name_sort = name_sort(customer.name, customer.kind)
    customer.search_text = search_text(customer.number, customer.name, customer.kind, points)
    customer.completeness = completeness(details_of(customer), {kind for kind, *_rest in points}).percent


def _contact_points(customer: Customer) -> list[tuple[Any, ...]]:
    return list(customer.contact_points.values_list("kind", "value", "normalised"))
