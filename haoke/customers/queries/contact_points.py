"""How customers are reached, and how much of that somebody is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.customers.choices import ContactKind, Status
from haoke.customers.models import ContactPoint
from haoke.customers.queries.reach import visible_customers
from haoke.customers.rules.contact_points import normalised_or_none, parse_contact_point
from haoke.customers.rules.masking import masked


@dataclass(frozen=True)
class ShownContactPoint:
    """A contact point as this actor may see it."""

    id: int
    kind: str
    kind_label: str
    label: str
    shown: str
    is_primary: bool
    is_masked: bool
    may_reveal: bool


@dataclass(frozen=True)
class SameContactPoint:
    """A customer who is reached in the same way: perhaps the same one, perhaps a family or a switchboard."""

    number: str
    name: str
    kind: str
    contact_kind: str
    shown: str


def shown_contact(value: str, kind: str, actor: Actor) -> str:
    """The value, masked unless the actor sees contact points unmasked."""
    return value if actor.may("contact_points.see") else masked(value, kind)


def shown_contact_points(customer_id: int, actor: Actor) -> list[ShownContactPoint]:
    """Every contact point of a customer the caller has already found, the primary ones first; one query."""
    found = ContactPoint.objects.filter(customer_id=customer_id).order_by("kind", "-is_primary", "pk")
    return [shown_point(point, actor) for point in found]


def shown_point(point: ContactPoint, actor: Actor, *, is_revealed: bool = False) -> ShownContactPoint:
    is_masked = not (is_revealed or actor.may("contact_points.see"))
    return ShownContactPoint(
        id=point.pk,
        kind=point.kind,
        kind_label=point.get_kind_display(),
        label=point.label,
        shown=masked(point.value, point.kind) if is_masked else point.value,
        is_primary=point.is_primary,
        is_masked=is_masked,
        may_reveal=is_masked and actor.may("contact_points.reveal"),
    )


def contact_point_of(customer_id: int, contact_point_id: int) -> ContactPoint:
    """One contact point of a customer the caller has already found. Raises NotFound."""
    found = ContactPoint.objects.filter(customer_id=customer_id, pk=contact_point_id).first()
    if found is None:
        raise NotFound()
    return found


def matches_for_address(kind: str, value: str) -> list[int]:
    """Whom exactly this address, number or account belongs to, whoever asks: for machines that sort what comes in.

    Several customers may share it, and then a match only proposes (RULINGS, Customers).
    """
    normalised = normalised_or_none(kind, value)
    if normalised is None:
        return []
    found = ContactPoint.objects.filter(kind=kind, normalised=normalised, customer__status=Status.ACTIVE)
    return list(found.order_by("customer_id").values_list("customer_id", flat=True))


def same_contact_points(
    contact_points: Iterable[tuple[str, str, str]], actor: Actor, *, most: int = 5
) -> list[SameContactPoint]:
    """Customers within reach who already have one of these (kind, value, label): what registering proposes instead.

    A name alone never proposes (RULINGS, Customers). Raises Invalid (one of customers.errors, with the field).
    """
    points = [parse_contact_point(*each) for each in contact_points]
    wanted = {(point.kind, point.normalised) for point in points}
    found = ContactPoint.objects.filter(
        kind__in={kind for kind, _ in wanted},
        normalised__in={normalised for _, normalised in wanted},
        customer__in=visible_customers(actor),
    )
    rows = found.order_by("customer__name_sort").values_list(
        "customer__number", "customer__name", "customer__kind", "kind", "value", "normalised"
    )
    return [
        SameContactPoint(number, name, kind, contact_kind, shown_contact(value, contact_kind, actor))
        for number, name, kind, contact_kind, value, normalised in rows
        if (contact_kind, normalised) in wanted
    ][:most]


def mail_addresses(customer_id: int) -> list[str]:
    """The addresses a customer can be written to, the primary one first; unscoped, for sending."""
    found = ContactPoint.objects.filter(customer_id=customer_id, kind=ContactKind.MAIL)
    return list(found.order_by("-is_primary", "pk").values_list("normalised", flat=True))
