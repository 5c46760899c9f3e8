"""Giving colleagues access and changing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import Role
from haoke.accounts.models import Area, Staff, Team
from haoke.accounts.open_work import held_by
from haoke.accounts.rules import known_roles, may_answer
from haoke.accounts.services.passwords import set_password
from haoke.accounts.services.sessions import end_every_session
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.differences import differences
from haoke.core.errors import NotFound
from haoke.timeline.services import record

# Other roles may ask for a second factor; whoever left, or comes back, begins anew.
_ENDS_SESSIONS = {"roles", "is_active"}


@transaction.atomic
def create_staff(
    *,
    name: str,
    email: str,
    password: str,
    roles: Sequence[str],
    team_ids: Iterable[int] = (),
    area_ids: Iterable[int] = (),
    language: str = "zh-hans",
    by: Actor,
) -> Staff:
    """Gives a colleague access. Raises Forbidden, Invalid, AddressTaken, UnknownRole, UnknownPlace."""
    now = clock.now()
    by.require("staff.change")
    staff = Staff(
        name=name.strip(), email=email.strip().lower(), roles=known_roles(roles), language=language, created_at=now
    )
    set_password(staff, password)
    _save(staff)
    _place(staff, team_ids, area_ids)
    record(events.StaffCreated(staff_id=staff.pk, name=staff.name, roles=staff.roles), by=by, at=now)
    return staff


@transaction.atomic
def change_staff(
    *,
    staff_id: int,
    version: int,
    name: str,
    email: str,
    roles: Sequence[str],
    team_ids: Iterable[int],
    area_ids: Iterable[int] = (),
    is_active: bool = True,
    password: str = "",
    by: Actor,
) -> Staff:
    """Changes a colleague's access; another password, other roles, leaving and coming back end their sessions.

    Raises Forbidden, NotFound, StaffChanged, LastAdministrator, AddressTaken, UnknownRole, UnknownPlace, Invalid.
    """
    now = clock.now()
    by.require("staff.change")
    # Two administrators who demote each other at once would leave none: one after the other.
    lock_name("accounts.administrators")
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise NotFound()
    if staff.version != version:
        raise errors.StaffChanged(current=staff.version)
    new: dict[str, Any] = {
        "name": name.strip(),
        "email": email.strip().lower(),
        "roles": known_roles(roles),
        "is_active": is_active,
    }
    if Role.ADMINISTRATOR in staff.roles and (Role.ADMINISTRATOR not in new["roles"] or not is_active):
        _require_another_administrator(staff.pk)
    if not is_active or not may_answer(new["roles"]):
        _require_empty_hands(staff)
    changes = differences(staff, new)
    for field, value in new.items():
        setattr(staff, field, value)
    if password:
        set_password(staff, password)
        changes["password"] = ["", ""]
    staff.version += 1
    _save(staff, update_fields=[*new, "password", "version"])
    changes |= _place(staff, team_ids, area_ids)
    record(events.StaffChanged(staff_id=staff.pk, name=staff.name, changes=changes), by=by, at=now)
    # Whoever changes themselves stays where they are; what they may is read anew at every request.
    if staff.pk != by.staff_id and (password or changes.keys() & _ENDS_SESSIONS):
        end_every_session(staff, by=by)
    return staff


def _require_empty_hands(staff: Staff) -> None:
    """Whoever leaves, or answers no more, first gives back what lies with them; seen after the row is locked."""
    if held := held_by(staff.pk):
        work = ", ".join(each.words for each in held)
        raise errors.HoldsOpenWork(field="is_active", name=staff.name, work=work)


def _save(staff: Staff, *, update_fields: list[str] | None = None) -> None:
    try:
        # A savepoint, so that the caller's transaction survives the refusal.
        with transaction.atomic():
            staff.save(update_fields=update_fields)
    except IntegrityError as error:
        raise errors.AddressTaken(field="email") from error


def _place(staff: Staff, team_ids: Iterable[int], area_ids: Iterable[int]) -> dict[str, list]:
    """Puts the colleague into exactly these teams and areas; returns old and new ids where they differ."""
    changes = {}
    for field, model, relation, wanted in (
        ("team_ids", Team, staff.teams, sorted(set(team_ids))),
        ("area_ids", Area, staff.areas, sorted(set(area_ids))),
    ):
        if model.objects.filter(pk__in=wanted).count() != len(wanted):
            raise errors.UnknownPlace(field=field)
        before = sorted(relation.values_list("pk", flat=True))
        if before != wanted:
            relation.set(wanted)
            changes[field] = [before, wanted]
    return changes


def _require_another_administrator(staff_id: int) -> None:
    others = Staff.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR]).exclude(pk=staff_id)
    if not others.exists():
        raise errors.LastAdministrator()
