"""What work a colleague is given: the skills they have, the languages they write, and how much they take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import LANGUAGES
from haoke.accounts.models import Skill, Staff
from haoke.accounts.queries import staff_in_charge
from haoke.accounts.rules import require_known
from haoke.core.actor import Actor
from haoke.core.differences import differences
from haoke.core.errors import NotFound
from haoke.timeline.services import record

MOST_CAPACITY = 500


@transaction.atomic
def set_workload(
    *,
    staff_id: int,
    version: int,
    skill_ids: Iterable[int] = (),
    writes_languages: Iterable[str] = (),
    capacity: int | None = None,
    by: Actor,
) -> Staff:
    """Says what somebody in one's charge can do and how many open conversations they hold at most.

    Raises Forbidden, NotFound for a colleague out of charge, StaffChanged, UnknownSkill, UnknownCode,
    CapacityOutOfBounds.
    """
    by.require("routing.change")
    if staff_id not in {each.id for each in staff_in_charge(by)}:
        raise NotFound()
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    if staff.version != version:
        raise errors.StaffChanged(current=staff.version)
    if capacity is not None and not 0 <= capacity <= MOST_CAPACITY:
        raise errors.CapacityOutOfBounds(field="capacity")
    languages = sorted({require_known(each, dict(LANGUAGES), field="writes_languages") for each in writes_languages})
    changes = _give_skills(staff, sorted(set(skill_ids)))
    changes |= differences(staff, {"writes_languages": languages, "capacity": capacity})
    if changes:
        staff.writes_languages, staff.capacity, staff.version = languages, capacity, staff.version + 1
        staff.save(update_fields=["writes_languages", "capacity", "version"])
        record(events.WorkloadChanged(staff_id=staff.pk, name=staff.name, changes=changes), by=by)
    return staff


def hold_active(staff_id: int) -> bool:
    """Whether somebody works here; if so, they stay so until the caller's transaction ends.

    Whoever is given work meanwhile is thus seen by whoever deactivates them. A shared lock: many may give work to one
    colleague at a time, and none of them waits for another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_staff WHERE id = %s AND is_active FOR SHARE", [staff_id])
        return cursor.fetchone() is not None


def _give_skills(staff: Staff, wanted: list[int]) -> dict[str, Any]:
    if Skill.objects.filter(pk__in=wanted, is_active=True).count() != len(wanted):
        raise errors.UnknownSkill(field="skill_ids")
    before = sorted(staff.skills.filter(is_active=True).values_list("pk", flat=True))
    if before == wanted:
        return {}
    # What is out of use stays in the books.
    staff.skills.remove(*before)
    staff.skills.add(*wanted)
    return {"skill_ids": [before, wanted]}
