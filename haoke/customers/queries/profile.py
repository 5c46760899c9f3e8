"""Everything the customer's page shows of the archive itself, ready for this actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from haoke.accounts.queries import staff_names, team_names
from haoke.core.actor import Actor
from haoke.customers.choices import DETAIL_LABELS, OwnershipKind, Status
from haoke.customers.models import Customer, Ownership
from haoke.customers.queries.contact_points import ShownContactPoint, shown_contact_points
from haoke.customers.queries.reach import current_ownerships, customer_by_number
from haoke.customers.rules.completeness import Completeness, completeness


@dataclass(frozen=True)
class Owner:
    """Somebody who answers for the customer now: a colleague or a team."""

    ownership_id: int
    kind: str
    kind_label: str
    staff_id: int | None
    name: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class Profile:
    """The archive as one colleague may see it, in the active language."""

    id: int
    number: str
    name: str
    kind: str
    kind_label: str
    honorific: str
    language: str
    language_label: str
    status: str
    status_label: str
    is_active: bool
    owner_id: int | None
    owner_name: str
    owners: list[Owner]
    details: list[tuple[Any, str]]
    note: str
    contact_points: list[ShownContactPoint]
    percent: int
    missing: list[str]
    created_at: datetime
    version: int
    may_edit: bool
    may_give_owner: bool


def profile(number: str, actor: Actor) -> Profile:
    """The archive with this number, in at most six queries. Raises NotFound, also for a customer out of reach."""
    customer = customer_by_number(number, actor)
    contact_points = shown_contact_points(customer.pk, actor)
    owners = owners_of(customer.pk)
    primary = next((owner for owner in owners if owner.kind == OwnershipKind.PRIMARY), None)
    basic = completeness_of(customer, [point.kind for point in contact_points])
    return Profile(
        id=customer.pk,
        number=customer.number,
        name=customer.name,
        kind=customer.kind,
        kind_label=customer.get_kind_display(),
        honorific=customer.get_honorific_display(),
        language=customer.language,
        language_label=customer.get_language_display(),
        status=customer.status,
        status_label=customer.get_status_display(),
        is_active=customer.status == Status.ACTIVE,
        owner_id=primary.staff_id if primary else None,
        owner_name=primary.name if primary else "",
        owners=owners,
        details=_details(customer),
        note=customer.note,
        contact_points=contact_points,
        percent=basic.percent,
        missing=[str(field.label) for field in basic.missing],
        created_at=customer.created_at,
        version=customer.version,
        may_edit=actor.may("customers.edit"),
        may_give_owner=actor.may("customers.own"),
    )


def owners_of(customer_id: int) -> list[Owner]:
    """Who answers for a customer now, the primary owner first; three queries at most."""
    found = sorted(current_ownerships().filter(customer_id=customer_id), key=_rank)
    staff = staff_names(each.staff_id for each in found)
    teams = team_names(each.team_id for each in found)
    return [
        Owner(
            ownership_id=each.pk,
            kind=each.kind,
            kind_label=each.get_kind_display(),
            staff_id=each.staff_id,
            name=staff.get(each.staff_id or 0) or teams.get(each.team_id or 0, ""),
            reason=each.reason,
            since=each.started_at,
        )
        for each in found
    ]


def completeness_of(customer: Customer, contact_kinds: list[str]) -> Completeness:
    return completeness(details_of(customer), contact_kinds)


def details_of(customer: Customer) -> dict[str, Any]:
    """The stored details by name, as a form or a rule takes them."""
    return {field: getattr(customer, field) for field in DETAIL_LABELS}


def _details(customer: Customer) -> list[tuple[Any, str]]:
    """Labels and values in reading order; what another kind of customer has is left out."""
    address = (customer.province, customer.city, customer.district, customer.street)
    shown = {
        "nature": customer.get_nature_display(),
        "position": customer.position,
        "credit_code": customer.credit_code,
        "industry": customer.industry,
        "language": customer.get_language_display(),
        "source": customer.get_source_display(),
        "area_id": customer.area.name if customer.area else "",
    }
    details = [(DETAIL_LABELS[field], value) for field, value in shown.items() if value or field in _SHOWN_EMPTY]
    return [*details, (_("Address"), " ".join(part for part in address if part))]


_SHOWN_EMPTY = frozenset({"language", "source"})


def _rank(ownership: Ownership) -> tuple[int, int]:
    return OwnershipKind.values.index(ownership.kind), ownership.pk
