"""Skills: what some conversations need, and some colleagues have."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from haoke.accounts import errors, events
from haoke.accounts.models import Skill
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def create_skill(*, name_zh: str, name_en: str, by: Actor) -> Skill:
    """Raises Forbidden, NameNeeded, SkillNameTaken."""
    by.require("routing.change")
    skill = Skill()
    _rename(skill, name_zh, name_en)
    record(events.SkillCreated(skill_id=skill.pk, name=_both(skill)), by=by)
    return skill


@transaction.atomic
def change_skill(*, skill_id: int, name_zh: str, name_en: str, is_active: bool = True, by: Actor) -> Skill:
    """Renames a skill, or puts it out of use: then nobody needs it any more, and whoever had it keeps it in the books.

    Raises Forbidden, NotFound, NameNeeded, SkillNameTaken.
    """
    by.require("routing.change")
    skill = Skill.objects.select_for_update().filter(pk=skill_id).first()
    if skill is None:
        raise NotFound()
    before = _both(skill), skill.is_active
    skill.is_active = is_active
    _rename(skill, name_zh, name_en)
    after = _both(skill), skill.is_active
    changes = {
        field: [old, new] for field, old, new in zip(("name", "is_active"), before, after, strict=True) if old != new
    }
    if changes:
        record(events.SkillChanged(skill_id=skill.pk, name=_both(skill), changes=changes), by=by)
    return skill


def _rename(skill: Skill, name_zh: str, name_en: str) -> None:
    skill.name_zh, skill.name_en = name_zh.strip(), name_en.strip()
    if not skill.name_zh or not skill.name_en:
        raise errors.NameNeeded(field="name_en" if skill.name_zh else "name_zh")
    try:
        # A savepoint, so that the caller's transaction survives the refusal.
        with transaction.atomic():
            skill.save()
    except IntegrityError as error:
        raise errors.SkillNameTaken(field="name_zh") from error


def _both(skill: Skill) -> str:
    return f"{skill.name_zh} / {skill.name_en}"
