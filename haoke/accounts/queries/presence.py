"""Who takes work now: what colleagues said, their signs of life, absences, skills, languages and capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from haoke.accounts.choices import PresenceState, Role
from haoke.accounts.models import Absence, Presence, Skill, Staff
from haoke.accounts.queries.staff import StaffName
from haoke.accounts.rules import SIGN_OF_LIFE_LASTS, may_answer, presence_now
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound

_ANSWERING_ROLES = [role for role in Role.values if may_answer([role])]

_IS_AT_WORK = """
SELECT EXISTS (
    SELECT FROM accounts_staff staff JOIN accounts_presence presence ON presence.staff_id = staff.id
    WHERE staff.id = %(id)s AND staff.is_active AND presence.state <> 'away' AND presence.seen_at > %(heard_of)s
      AND NOT EXISTS (
        SELECT FROM accounts_absence
        WHERE staff_id = staff.id AND cancelled_at IS NULL AND starts_at <= %(now)s AND ends_at > %(now)s
      )
)
"""


@dataclass(frozen=True)
class StaffAtWork:
    """An active colleague who may answer customers, as giving out work sees them.

    `presence` is what counts now, `since` when they said it or were last heard of. An empty `languages` means that
    nothing was entered: they write every language of the house. An empty `capacity` leaves it to the team's.
    """

    id: int
    name: str
    presence: str
    since: datetime | None
    absent_until: datetime | None
    substitute_id: int | None
    skill_ids: frozenset[int]
    languages: frozenset[str]
    capacity: int | None
    team_ids: frozenset[int]

    @property
    def is_absent(self) -> bool:
        return self.absent_until is not None

    @property
    def presence_label(self) -> str:
        return str(PresenceState(self.presence).label)


def staff_at_work(
    team_id: int | None = None, *, also: Iterable[int] = (), now: datetime | None = None
) -> list[StaffAtWork]:
    """Everybody of a team (or of all) who may answer, in one query; `also` adds colleagues and their substitutes."""
    now = now or clock.now()
    found = Staff.objects.filter(is_active=True, roles__overlap=_ANSWERING_ROLES)
    if team_id is not None:
        extra = list(also)
        stand_ins = _running_absences(now).filter(staff_id__in=extra).values("substitute_id")
        found = found.filter(
            Q(pk__in=Staff.teams.through.objects.filter(team_id=team_id).values("staff_id"))
            | Q(pk__in=extra)
            | Q(pk__in=stand_ins.filter(substitute__isnull=False))
        )
    return [_at_work(each, now) for each in _with_presence(found, now).order_by("pk")]


def is_at_work(staff_id: int, *, now: datetime) -> bool:
    """Whether somebody is here, available or busy; asked for every word of every customer, so as light as can be."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_AT_WORK, {"id": staff_id, "now": now, "heard_of": now - SIGN_OF_LIFE_LASTS})
        return bool(cursor.fetchone()[0])


def person_at_work(staff_id: int, *, now: datetime) -> StaffAtWork | None:
    """One colleague in the same words, None for whoever has left or answers nobody."""
    found = Staff.objects.filter(pk=staff_id, is_active=True, roles__overlap=_ANSWERING_ROLES)
    row = _with_presence(found, now).first()
    return _at_work(row, now) if row else None


def running_absence(staff_id: int | None, *, now: datetime | None = None) -> Absence | None:
    """The absence somebody is on, None while they are here."""
    return _running_absences(now or clock.now()).select_related("substitute").filter(staff_id=staff_id or 0).first()


def absences_of(staff_ids: Iterable[int]) -> list[Absence]:
    """Running and coming absences, the earliest first."""
    found = Absence.objects.filter(staff_id__in=list(staff_ids), cancelled_at=None, ends_at__gt=clock.now())
    return list(found.select_related("staff", "substitute").order_by("starts_at", "pk"))


def skills(*, active_only: bool = True) -> list[Skill]:
    return list(Skill.objects.filter(is_active=True) if active_only else Skill.objects.all())


def skills_with_holders() -> list[tuple[Skill, list[str]]]:
    """Every skill with the names of the active colleagues who have it, those in use first; two queries."""
    holders: dict[int, list[str]] = defaultdict(list)
    rows = Staff.skills.through.objects.filter(staff__is_active=True).order_by("staff__name")
    for skill_id, name in rows.values_list("skill_id", "staff__name"):
        holders[skill_id].append(name)
    return [(each, holders[each.pk]) for each in Skill.objects.order_by("-is_active", "name_zh")]


def skill(skill_id: int) -> Skill:
    """Raises NotFound."""
    found = Skill.objects.filter(pk=skill_id).first()
    if found is None:
        raise NotFound()
    return found


def staff_in_charge(actor: Actor) -> list[StaffName]:
    """Whose absences, skills and capacity the actor looks after: a supervisor their teams', an administrator all."""
    if not actor.may("routing.change"):
        return []
    found = Staff.objects.filter(is_active=True)
    if Role.ADMINISTRATOR not in actor.roles and "*" not in actor.abilities:
        found = found.filter(teams__in=actor.team_ids).distinct()
    return [StaffName(*row) for row in found.order_by("name", "pk").values_list("pk", "name", "is_active")]


def skill_ids_of(staff_id: int) -> list[int]:
    found = Staff.skills.through.objects.filter(staff_id=staff_id, skill__is_active=True)
    return list(found.values_list("skill_id", flat=True))


def teams_of(staff_id: int) -> list[int]:
    return list(Staff.teams.through.objects.filter(staff_id=staff_id).values_list("team_id", flat=True))


def _running_absences(now: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(cancelled_at=None, starts_at__lte=now, ends_at__gt=now)


def _with_presence(found: QuerySet[Staff], now: datetime) -> QuerySet[Staff, tuple]:
    presence = Presence.objects.filter(staff_id=OuterRef("pk"))
    absence = _running_absences(now).filter(staff_id=OuterRef("pk"))
    own_skills = Staff.skills.through.objects.filter(staff_id=OuterRef("pk"), skill__is_active=True)
    own_teams = Staff.teams.through.objects.filter(staff_id=OuterRef("pk"))
    return found.annotate(
        said=Subquery(presence.values("state")),
        said_at=Subquery(presence.values("since")),
        seen=Subquery(presence.values("seen_at")),
        absent_until=Subquery(absence.values("ends_at")[:1]),
        stand_in=Subquery(absence.values("substitute_id")[:1]),
        skill_keys=ArraySubquery(own_skills.values("skill_id")),
        team_keys=ArraySubquery(own_teams.values("team_id")),
    ).values_list(
        "pk", "name", "said", "said_at", "seen", "absent_until", "stand_in", "skill_keys", "team_keys",
        "writes_languages", "capacity", named=True,
    )  # fmt: skip


def _at_work(row: tuple, now: datetime) -> StaffAtWork:
    pk, name, said, said_at, seen, absent_until, stand_in, skill_keys, team_keys, languages, capacity = row
    presence = presence_now(said, seen, now=now)
    return StaffAtWork(
        id=pk,
        name=name,
        presence=presence,
        # Somebody who fell silent is away since their last sign, not since they said "available".
        since=seen if presence != said else said_at,
        absent_until=absent_until,
        substitute_id=stand_in,
        skill_ids=frozenset(skill_keys),
        languages=frozenset(languages),
        capacity=capacity,
        team_ids=frozenset(team_keys),
    )
