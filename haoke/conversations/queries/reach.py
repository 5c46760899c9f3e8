"""Which conversations an actor sees, may read and may work on (RULINGS, Who sees what)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from haoke.accounts.choices import Role
from haoke.accounts.queries import OPENED_ACCESS
from haoke.conversations.models import Conversation
from haoke.core.actor import Actor
from haoke.customers import queries as customers

_NOTHING = Q(pk__in=[])
# Not Q(): an empty Q drops out of every | and would leave nothing of "everything".
_EVERYTHING = ~_NOTHING


def visible_conversations(actor: Actor) -> QuerySet[Conversation]:
    """What stands in the actor's lists."""
    if "*" in actor.abilities:
        return Conversation.objects.all()
    return Conversation.objects.filter(_own(actor) | _to_read(actor))


def readable_conversations(actor: Actor) -> QuerySet[Conversation]:
    """What the actor may open: an agent finds other teams' conversations by search and reads them."""
    if "*" in actor.abilities or Role.AGENT in actor.roles:
        return Conversation.objects.all()
    return visible_conversations(actor)


def reads_everything(actor: Actor) -> bool:
    """Whether `readable_conversations` leaves nothing out, so that whoever searches need not ask about each."""
    reading = {Role.AGENT, Role.QUALITY_MANAGER}
    return "*" in actor.abilities or OPENED_ACCESS in actor.abilities or not reading.isdisjoint(actor.roles)


def answerable_conversations(actor: Actor) -> QuerySet[Conversation]:
    """What the actor may work on."""
    if "*" in actor.abilities:
        return Conversation.objects.all()
    if not actor.may("conversations.answer"):
        return Conversation.objects.none()
    return Conversation.objects.filter(_own(actor))


def sees_everything(actor: Actor) -> bool:
    """Whether every conversation stands in the actor's lists."""
    works_in_every_team = actor.reaches_all_teams and bool(actor.roles & {Role.AGENT, Role.SUPERVISOR})
    return "*" in actor.abilities or works_in_every_team or _to_read(actor) == _EVERYTHING


def of_own_teams(actor: Actor) -> Q:
    """What belongs to the actor by team or assignee; the kept counts have these columns too."""
    if not actor.roles & {Role.AGENT, Role.SUPERVISOR}:
        return _NOTHING
    return Q(team_id=None) | Q(team_id__in=actor.team_ids) | Q(assignee_id=actor.staff_id)


def _own(actor: Actor) -> Q:
    """Own teams' and unassigned conversations, and those of the customers one looks after."""
    if actor.roles & {Role.AGENT, Role.SUPERVISOR} and actor.reaches_all_teams:
        return _EVERYTHING
    own = of_own_teams(actor)
    if Role.ACCOUNT_MANAGER in actor.roles and actor.reaches_all_teams:
        # A program with this role stands for every account manager.
        own |= Q(customer_id__isnull=False)
    elif actor.roles & {Role.ACCOUNT_MANAGER, Role.SUPERVISOR}:
        own |= Q(customer_id__in=customers.customers_in_care(actor).values("pk"))
    return own


def _to_read(actor: Actor) -> Q:
    """Everything, for those who look but do not answer: quality managers, and administrators with a reason."""
    reads_all = Role.QUALITY_MANAGER in actor.roles or OPENED_ACCESS in actor.abilities
    return _EVERYTHING if reads_all else _NOTHING
