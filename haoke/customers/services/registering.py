"""Opening an archive: a number for life, details, first contact points and, perhaps, an owner (S0-67, S0-68)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from haoke.accounts.choices import Role
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import next_value
from haoke.core.errors import Forbidden
from haoke.core.live import announce
from haoke.customers import events
from haoke.customers.choices import OwnershipKind
from haoke.customers.errors import ContactPointKnown
from haoke.customers.models import NUMBERS, Customer
from haoke.customers.rules.contact_points import ContactPointValue, parse_contact_point
from haoke.customers.rules.details import Details, check_kind, clean_details
from haoke.customers.services.contact_points import keep_contact_point
from haoke.customers.services.editing import check_area, compute_columns
from haoke.customers.services.owners import own
from haoke.policies.queries import as_of
from haoke.timeline.services import record


@transaction.atomic
def register_customer(
    *,
    kind: str,
    name: str,
    contact_points: Sequence[tuple[str, str, str]] = (),
    owner_id: int | None = None,
    by: Actor,
    **details: Unpack[Details],
) -> Customer:
    """Opens the archive of a person or organisation; contact points are (kind, value, label).

    An account manager who registers a customer becomes the owner, or could not see it again. Raises Forbidden, Invalid
    (one of customers.errors, with the field), ContactPointKnown where a contact point is given twice.
    """
    now = clock.now()
    by.require("customers.create")
    if owner_id not in (None, by.staff_id) and not by.may("customers.own"):
        raise Forbidden(ability="customers.own")
    cleaned = clean_details({"kind": kind, "name": name, **details})
    check_kind(cleaned)
    check_area(cleaned.get("area_id"))
    points = _distinct([parse_contact_point(*point) for point in contact_points])
    serial = next_value(NUMBERS)
    number = as_of("number_rule", at=now).format(serial)
    customer = Customer(serial=serial, number=number, created_at=now, **cleaned)
    compute_columns(customer, [(point.kind, point.value, point.normalised) for point in points])
    customer.save(force_insert=True)
    record(
        events.CustomerRegistered(customer_id=customer.pk, number=number, customer_kind=customer.kind), by=by, at=now
    )
    for point in points:
        keep_contact_point(customer, point, by=by, at=now)
    owner_id = owner_id or _owner_by_role(by)
    if owner_id is not None:
        own(customer, kind=OwnershipKind.PRIMARY, staff_id=owner_id, reason=_("Registered the customer"), by=by, at=now)
    announce("customers")
    return customer


def _distinct(points: list[ContactPointValue]) -> list[ContactPointValue]:
    seen = set()
    for point in points:
        if (point.kind, point.normalised) in seen:
            raise ContactPointKnown(field=point.kind)
        seen.add((point.kind, point.normalised))
    return points


def _owner_by_role(by: Actor) -> int | None:
    return by.staff_id if by.roles == {Role.ACCOUNT_MANAGER} else None
