"""Which customers an actor may see (RULINGS, Who sees what); every other query begins here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from haoke.accounts.choices import Role
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.customers.choices import Status
from haoke.customers.models import Customer, Ownership

_SEES_ALL = frozenset({Role.AGENT, Role.QUALITY_MANAGER})
_SEES_THROUGH_TEAMS = frozenset({Role.ACCOUNT_MANAGER, Role.SUPERVISOR})


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers within the actor's reach: what any one of the roles reaches, without those merged into others."""
    customers = Customer.objects.exclude(status=Status.MERGED)
    if _reaches_all(actor):
        return customers
    reach = [_REACH_OF[role](actor) for role in sorted(actor.roles) if role in _REACH_OF]
    if not reach:
        return customers.none()
    reached = reach[0]
    for each in reach[1:]:
        reached |= each
    return customers.filter(reached)


def customers_in_care(actor: Actor) -> QuerySet[Customer]:
    """The customers the actor looks after: as account manager or supervisor, but not the public pool."""
    reached = Q(pk__in=[])
    if Role.ACCOUNT_MANAGER in actor.roles:
        reached |= _reach_of_account_manager(actor)
    if Role.SUPERVISOR in actor.roles:
        reached |= _of_own_teams(actor) | Q(area_id__in=actor.area_ids)
    return Customer.objects.exclude(status=Status.MERGED).filter(reached)


def customer_by_number(number: str, actor: Actor) -> Customer:
    """Raises NotFound, also for a customer out of reach."""
    # An archive number is written in capitals and may be typed otherwise.
    return _the_one(visible_customers(actor).filter(number=number.replace("\0", "").upper()))


def customer_by_id(customer_id: int, actor: Actor) -> Customer:
    """Raises NotFound, also for a customer out of reach."""
    return _the_one(visible_customers(actor).filter(pk=customer_id))


def current_ownerships() -> QuerySet[Ownership]:
    return Ownership.objects.filter(ended_at=None)


def without_owner() -> Q:
    """The public pool 公海: nobody at all answers for these customers."""
    return ~Q(Exists(current_ownerships().filter(customer_id=OuterRef("pk"))))


def _reaches_all(actor: Actor) -> bool:
    """A token of a role that sees through its teams reaches every team, and with them every customer."""
    return (
        actor.may("access.opened")
        or not actor.roles.isdisjoint(_SEES_ALL)
        or (actor.reaches_all_teams and not actor.roles.isdisjoint(_SEES_THROUGH_TEAMS))
    )


def _reach_of_account_manager(actor: Actor) -> Q:
    """Own customers, those one stands in for, and those of one's teams."""
    owned = Q(staff_id=actor.staff_id) | Q(team_id__in=actor.team_ids)
    return Q(pk__in=current_ownerships().filter(owned).values("customer_id"))


def _reach_of_supervisor(actor: Actor) -> Q:
    """Customers in the subtree of own areas, of own teams and of their members, and those nobody owns yet."""
    return _of_own_teams(actor) | Q(area_id__in=actor.area_ids) | without_owner()


def _of_own_teams(actor: Actor) -> Q:
    """Asked row by row: teams own so many customers that reading the list of them first takes longer (measured)."""
    owned = current_ownerships().filter(customer_id=OuterRef("pk"))
    return Q(Exists(owned.filter(staff__teams__in=actor.team_ids))) | Q(
        Exists(owned.filter(team_id__in=actor.team_ids))
    )


# Field engineers reach customers through their visits, surveyors through a sample: both come with those domains.
_REACH_OF: Mapping[str, Callable[[Actor], Q]] = {
    Role.ACCOUNT_MANAGER: _reach_of_account_manager,
    Role.SUPERVISOR: _reach_of_supervisor,
}


def _the_one(customers: QuerySet[Customer]) -> Customer:
    found = customers.first()
    if found is None:
        raise NotFound()
    return found
