"""Who answers for a customer: given and taken back with a reason, one primary owner at a time (S2-04)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.accounts.queries import is_active_staff, staff_names, team_names
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.live import announce
from haoke.customers import events
from haoke.customers.choices import OwnershipKind
from haoke.customers.errors import AlreadyOwner, OwnerNotUsable, OwnershipReasonNeeded, UnknownCode
from haoke.customers.models import Customer, Ownership
from haoke.customers.queries.reach import current_ownerships
from haoke.customers.rules.details import clean_text
from haoke.customers.services.editing import locked_customer
from haoke.timeline.services import record

SHORTEST_REASON, LONGEST_REASON = 2, 500


@transaction.atomic
def give_owner(
    *,
    customer_id: int,
    staff_id: int | None = None,
    team_id: int | None = None,
    kind: str = OwnershipKind.PRIMARY,
    reason: str,
    by: Actor,
) -> Ownership:
    """Makes a colleague owner or backup owner, or a team responsible, from now on; a new owner relieves the old one.

    Raises Forbidden, NotFound, OwnershipReasonNeeded, OwnerNotUsable, AlreadyOwner, UnknownCode.
    """
    now = clock.now()
    by.require("customers.own")
    if kind not in OwnershipKind.values:
        raise UnknownCode(field="kind", value=kind, choices=", ".join(OwnershipKind.values))
    customer = locked_customer(customer_id, by=by)
    given = own(customer, kind=kind, staff_id=staff_id, team_id=team_id, reason=_reason(reason), by=by, at=now)
    announce("customers", f"customer:{customer.pk}")
    return given


@transaction.atomic
def end_ownership(*, customer_id: int, ownership_id: int, reason: str, by: Actor) -> Ownership:
    """Takes the customer back from a colleague or a team; without any, it lies in the public pool.

    Raises Forbidden, NotFound, OwnershipReasonNeeded.
    """
    now = clock.now()
    by.require("customers.own")
    customer = locked_customer(customer_id, by=by)
    ownership = current_ownerships().filter(customer_id=customer.pk, pk=ownership_id).first()
    if ownership is None:
        raise NotFound()
    cleaned = _reason(reason)
    _end(ownership, at=now)
    record(events.CustomerOwnerEnded(reason=cleaned, **_described(ownership)), by=by, at=now)
    announce("customers", f"customer:{customer.pk}")
    return ownership


def own(
    customer: Customer,
    *,
    kind: str,
    staff_id: int | None = None,
    team_id: int | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Ownership:
    """Writes who answers for a locked or new customer. Raises OwnerNotUsable, AlreadyOwner."""
    _check_usable(kind, staff_id, team_id)
    current = list(current_ownerships().filter(customer_id=customer.pk, kind=kind))
    if (staff_id, team_id) in [(each.staff_id, each.team_id) for each in current]:
        raise AlreadyOwner(field="team_id" if kind == OwnershipKind.TEAM else "staff_id")
    if kind == OwnershipKind.PRIMARY:
        for before in current:
            _end(before, at=at)
    given = Ownership.objects.create(
        customer=customer,
        kind=kind,
        staff_id=staff_id,
        team_id=team_id,
        started_at=at,
        reason=reason,
        given_by_name=by.name[:200],
    )
    record(events.CustomerOwnerGiven(reason=reason, **_described(given)), by=by, at=at)
    return given


def _check_usable(kind: str, staff_id: int | None, team_id: int | None) -> None:
    is_usable = (
        staff_id is None and team_id in team_names([team_id])
        if kind == OwnershipKind.TEAM
        else team_id is None and is_active_staff(staff_id)
    )
    if not is_usable:
        raise OwnerNotUsable(field="team_id" if kind == OwnershipKind.TEAM else "staff_id")


def _reason(text: str) -> str:
    reason = clean_text(text, field="reason", most=LONGEST_REASON)
    if len(reason) < SHORTEST_REASON:
        raise OwnershipReasonNeeded(field="reason")
    return reason


def _end(ownership: Ownership, *, at: datetime) -> None:
    ownership.ended_at = at
    ownership.save(update_fields=["ended_at"])


def _described(ownership: Ownership) -> dict:
    named = staff_names([ownership.staff_id]) or team_names([ownership.team_id])
    return {
        "customer_id": ownership.customer_id,
        "ownership_id": ownership.pk,
        "ownership_kind": ownership.kind,
        "staff_id": ownership.staff_id,
        "team_id": ownership.team_id,
        "name": next(iter(named.values()), ""),
    }
