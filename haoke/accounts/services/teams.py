"""Teams and areas: the places colleagues work in."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.models import Area, Team
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def create_team(*, name: str, by: Actor) -> Team:
    """Raises Forbidden, TeamNameTaken."""
    now = clock.now()
    by.require("staff.change")
    _require_free_name(name)
    team = Team.objects.create(name=name.strip(), created_at=now)
    record(events.TeamCreated(team_id=team.pk, name=team.name), by=by, at=now)
    return team


@transaction.atomic
def rename_team(*, team_id: int, name: str, by: Actor) -> Team:
    """Raises Forbidden, NotFound, TeamNameTaken."""
    by.require("staff.change")
    team = Team.objects.select_for_update().filter(pk=team_id).first()
    if team is None:
        raise NotFound()
    _require_free_name(name, but_for=team_id)
    old, team.name = team.name, name.strip()
    team.save(update_fields=["name"])
    record(events.TeamRenamed(team_id=team.pk, old=old, name=team.name), by=by)
    return team


@transaction.atomic
def create_area(*, code: str, name: str, parent_id: int | None = None, by: Actor) -> Area:
    """Adds an administrative division (GB/T 2260 code) below its parent. Raises Forbidden, NotFound, AreaCodeTaken."""
    by.require("staff.change")
    lock_name("accounts.area_codes")
    if Area.objects.filter(code=code).exists():
        raise errors.AreaCodeTaken(field="code")
    if parent_id is not None and not Area.objects.filter(pk=parent_id).exists():
        raise NotFound()
    area = Area.objects.create(code=code, name=name.strip(), parent_id=parent_id)
    record(events.AreaCreated(area_id=area.pk, code=code, name=area.name), by=by)
    return area


def _require_free_name(name: str, *, but_for: int = 0) -> None:
    # Names that differ only in capitals are one name, which the unique constraint alone does not know.
    lock_name("accounts.team_names")
    if Team.objects.filter(name__iexact=name.strip()).exclude(pk=but_for).exists():
        raise errors.TeamNameTaken(field="name")
