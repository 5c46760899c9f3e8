"""Adding, removing and revealing the ways to reach a customer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.live import announce
from haoke.customers import events
from haoke.customers.errors import ContactPointKnown
from haoke.customers.models import ContactPoint, Customer
from haoke.customers.queries import contact_point_of, customer_by_id
from haoke.customers.rules.contact_points import ContactPointValue, parse_contact_point
from haoke.customers.rules.masking import masked
from haoke.customers.services.editing import locked_customer, save_computed_columns
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access, record


@transaction.atomic
def add_contact_point(*, customer_id: int, kind: str, value: str, label: str = "", by: Actor) -> ContactPoint:
    """Adds a way to reach the customer; the first of its kind becomes the primary one.

    Raises Forbidden, NotFound, ContactPointKnown, Invalid (one of customers.errors, with the field).
    """
    now = clock.now()
    by.require("customers.edit")
    customer = locked_customer(customer_id, by=by)
    point = keep_contact_point(customer, parse_contact_point(kind, value, label), by=by, at=now)
    save_computed_columns(customer)
    announce(f"customer:{customer.pk}")
    return point


@transaction.atomic
def remove_contact_point(*, customer_id: int, contact_point_id: int, by: Actor) -> None:
    """Takes a contact point off the archive; the next of its kind becomes the primary one.

    Raises Forbidden, NotFound.
    """
    by.require("customers.edit")
    customer = locked_customer(customer_id, by=by)
    point = contact_point_of(customer.pk, contact_point_id)
    fact = events.ContactPointRemoved(customer_id=customer.pk, **_described(point))
    point.delete()
    if point.is_primary:
        _make_next_primary(customer, point.kind)
    save_computed_columns(customer)
    record(fact, by=by)
    announce(f"customer:{customer.pk}")


@transaction.atomic
def reveal_contact_point(*, customer_id: int, contact_point_id: int, by: Actor) -> ContactPoint:
    """Shows one masked contact point once, which the audit trail keeps: one fact per look.

    Raises Forbidden, NotFound.
    """
    by.require("contact_points.reveal")
    customer = customer_by_id(customer_id, by)
    point = contact_point_of(customer.pk, contact_point_id)
    record(events.ContactPointRevealed(customer_id=customer.pk, **_described(point)), by=by)
    note_access(
        kind=AccessKind.CONTACT_POINT,
        subject_kind="contact_point",
        subject_id=point.pk,
        customer_id=customer.pk,
        by=by,
    )
    return point


def keep_contact_point(customer: Customer, value: ContactPointValue, *, by: Actor, at: datetime) -> ContactPoint:
    """Writes one contact point of a locked or new customer. Raises ContactPointKnown."""
    of_kind = customer.contact_points.filter(kind=value.kind)
    if of_kind.filter(normalised=value.normalised).exists():
        raise ContactPointKnown(field=value.kind)
    point = ContactPoint.objects.create(
        customer=customer,
        kind=value.kind,
        value=value.value,
        normalised=value.normalised,
        extension=value.extension,
        label=value.label,
        is_primary=not of_kind.exists(),
        created_at=at,
    )
    record(events.ContactPointAdded(customer_id=customer.pk, **_described(point)), by=by, at=at)
    return point


def _described(point: ContactPoint) -> dict:
    return {"contact_point_id": point.pk, "contact_kind": point.kind, "masked": masked(point.value, point.kind)}


def _make_next_primary(customer: Customer, kind: str) -> None:
    following = customer.contact_points.filter(kind=kind).order_by("pk").first()
    if following is not None:
        following.is_primary = True
        following.save(update_fields=["is_primary"])
