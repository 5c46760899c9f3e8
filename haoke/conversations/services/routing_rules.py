"""Setting up how a team gives out its conversations, and which skill a category needs."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.conversations import errors, events
from haoke.conversations.choices import RoutingMethod
from haoke.conversations.models import Category, Routing
from haoke.conversations.queries import check_charge
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.differences import differences
from haoke.core.errors import Invalid, NotFound
from haoke.timeline.services import record

MOST_CAPACITY = 500


@transaction.atomic
def change_routing(
    *,
    team_id: int,
    version: int,
    method: str,
    is_owner_first: bool,
    matches_skill: bool,
    matches_language: bool,
    capacity: int,
    by: Actor,
) -> Routing:
    """Changes how a team gives out conversations from now on; what lies with somebody stays there.

    `version` is 0 for a team that was never set up. Raises Forbidden, NotFound, RoutingChanged, Invalid.
    """
    check_charge(team_id, by)
    if method not in RoutingMethod.values:
        raise Invalid(field="method")
    if not 1 <= capacity <= MOST_CAPACITY:
        raise Invalid(field="capacity")
    lock_name(f"conversations.routing_of:{team_id}")
    routing = Routing.objects.filter(team_id=team_id).first()
    if version != (routing.version if routing else 0):
        raise errors.RoutingChanged()
    new: dict[str, Any] = {
        "method": method,
        "is_owner_first": is_owner_first,
        "matches_skill": matches_skill,
        "matches_language": matches_language,
        "capacity": capacity,
    }
    # A team that is set up for the first time changes everything.
    changes = differences(routing, new)
    if routing is None:
        routing = Routing.objects.create(team_id=team_id, **new)
    elif changes:
        for field, value in new.items():
            setattr(routing, field, value)
        routing.version += 1
        routing.save(update_fields=[*new, "version"])
    if changes:
        name = accounts.team_names([team_id])[team_id]
        record(events.RoutingChanged(team_id=team_id, team=name, changes=changes), by=by, at=clock.now())
    return routing


@transaction.atomic
def set_category_skill(*, category: str, skill_id: int | None, by: Actor) -> Category:
    """Says what somebody must know to be given conversations of a category. Raises Forbidden, NotFound."""
    by.require("routing.change")
    found = Category.objects.select_for_update(of=("self",)).filter(code=category).first()
    if found is None:
        raise NotFound()
    if skill_id is not None and skill_id not in {each.pk for each in accounts.skills()}:
        raise NotFound()
    if found.skill_id != skill_id:
        found.skill_id = skill_id
        found.save(update_fields=["skill"])
        fact = events.CategorySkillChanged(
            category_id=found.pk, category=f"{found.name_zh} / {found.name_en}", skill_id=skill_id
        )
        record(fact, by=by)
    return found
