"""Reading staff, and building the actor at the edge."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.db.models import OuterRef
from django.utils.crypto import constant_time_compare

from haoke.accounts.choices import ABILITIES_OF, Role
from haoke.accounts.models import AccessOpening, ApiToken, Area, Installation, Staff, Team
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound

# Held for an hour by an administrator who gave a reason; visible_to in every domain knows it.
OPENED_ACCESS = "access.opened"


@dataclass(frozen=True)
class StaffName:
    id: int
    name: str
    is_active: bool


def is_new_installation() -> bool:
    """Whether nobody works here yet, so that the first administrator is to be created."""
    return not Staff.objects.exists()


def installation() -> Installation | None:
    return Installation.objects.first()


def is_demo() -> bool:
    return Installation.objects.filter(is_demo=True).exists()


def company_name() -> str:
    found = installation()
    return found.company_name if found else "Haoke 好客"


def actor_of_staff(staff_id: int) -> Actor:
    """The actor for a signed-in colleague, nobody when they left."""
    staff = _active_staff(staff_id)
    return _actor(staff) if staff else Actor.nobody()


def actor_in_session(session: SessionBase) -> Actor:
    """The actor behind a session: nobody once they left, or since their password changed after they signed in."""
    staff_id = session.get(SESSION_KEY)
    staff = _active_staff(int(staff_id)) if staff_id else None
    if staff is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), staff.get_session_auth_hash()):
        return Actor.nobody()
    return _actor(staff)


def actor_of_session(session_key: str) -> Actor:
    """The actor behind a session cookie, for the live socket."""
    return actor_in_session(import_module(settings.SESSION_ENGINE).SessionStore(session_key))


def actor_of_token(token: str) -> Actor | None:
    """The actor behind an API token, None for an unknown or revoked one."""
    found = ApiToken.objects.filter(digest=digest_of(token), revoked_at=None).first()
    if found is None:
        return None
    return Actor(
        kind="token",
        id=found.pk,
        name=found.name,
        roles=frozenset({found.role}),
        abilities=ABILITIES_OF[found.role],
        reaches_all_teams=True,
    )


def digest_of(token: str) -> str:
    """A token is 256 random bits, so a plain SHA-256 is enough to keep it unreadable."""
    return hashlib.sha256(token.encode()).hexdigest()


def area_subtree(area_ids: Iterable[int]) -> frozenset[int]:
    """The given areas and everything below them."""
    roots = list(area_ids)
    if not roots:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE below AS (SELECT id FROM accounts_area WHERE id = ANY(%s) UNION"
            " SELECT area.id FROM accounts_area area JOIN below ON area.parent_id = below.id) SELECT id FROM below",
            [roots],
        )
        return frozenset(row[0] for row in cursor.fetchall())


def has_open_access(staff_id: int) -> bool:
    return open_access(staff_id) is not None


def open_access(staff_id: int | None) -> AccessOpening | None:
    """The administrator's running hour with customer data, None while it is closed to them."""
    if staff_id is None:
        return None
    return AccessOpening.objects.filter(staff_id=staff_id, until__gt=clock.now()).order_by("-until").first()


def staff_list() -> list[Staff]:
    """Everybody, the active first, with their teams; three queries however many there are."""
    return list(Staff.objects.prefetch_related("teams", "areas").order_by("-is_active", "name"))


def staff_member(staff_id: int | None) -> Staff:
    """Raises NotFound."""
    found = Staff.objects.prefetch_related("teams", "areas").filter(pk=staff_id or 0).first()
    if found is None:
        raise NotFound()
    return found


def staff_names(staff_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, in one query, for lists that hold only ids."""
    return dict(Staff.objects.filter(pk__in={each for each in staff_ids if each}).values_list("pk", "name"))


def assignable_staff(team_id: int | None = None) -> list[StaffName]:
    """Active colleagues who may answer customers, of one team or all."""
    answering = [role for role, abilities in ABILITIES_OF.items() if "conversations.answer" in abilities]
    found = Staff.objects.filter(is_active=True, roles__overlap=answering)
    if team_id is not None:
        found = found.filter(teams=team_id)
    return [StaffName(*row) for row in found.order_by("name").values_list("pk", "name", "is_active")]


def supervisors_of_team(team_id: int | None) -> list[int]:
    """Active supervisors of a team; everyone's supervisors where the team has none."""
    supervisors = Staff.objects.filter(is_active=True, roles__contains=[Role.SUPERVISOR])
    of_team = list(supervisors.filter(teams=team_id).values_list("pk", flat=True)) if team_id else []
    return of_team or list(supervisors.values_list("pk", flat=True))


def is_active_staff(staff_id: int | None) -> bool:
    return staff_id is not None and Staff.objects.filter(pk=staff_id, is_active=True).exists()


def teams() -> list[Team]:
    return list(Team.objects.all())


def teams_with_members() -> list[Team]:
    """Every team; `members.all()` holds everybody who ever belonged to it, without another query."""
    return list(Team.objects.prefetch_related("members"))


def team(team_id: int) -> Team:
    """Raises NotFound."""
    found = Team.objects.filter(pk=team_id).first()
    if found is None:
        raise NotFound()
    return found


def team_names(team_ids: Iterable[int | None]) -> dict[int, str]:
    return dict(Team.objects.filter(pk__in={each for each in team_ids if each}).values_list("pk", "name"))


def areas() -> list[Area]:
    return list(Area.objects.select_related("parent"))


def area_tree() -> list[tuple[int, Area]]:
    """Every area after the one it belongs to, with its depth."""
    below: dict[int | None, list[Area]] = defaultdict(list)
    for area in Area.objects.all():
        below[area.parent_id].append(area)

    def walk(parent_id: int | None, depth: int) -> Iterator[tuple[int, Area]]:
        for area in below[parent_id]:
            yield depth, area
            yield from walk(area.pk, depth + 1)

    return list(walk(None, 0))


def tokens() -> list[ApiToken]:
    return list(ApiToken.objects.all())


def living_token(token_id: int) -> ApiToken:
    """A token that still opens the door. Raises NotFound."""
    found = ApiToken.objects.filter(pk=token_id, revoked_at=None).first()
    if found is None:
        raise NotFound()
    return found


def staff_by_credentials(*, email: str, password: str) -> Staff | None:
    """The active colleague whom both belong to; a wrong address takes as long as a wrong password."""
    staff = Staff.objects.filter(email=email.strip().lower(), is_active=True).first()
    if staff is None:
        # Nothing is kept: hashing takes as long as checking does.
        make_password(password)
        return None
    return staff if staff.check_password(password) else None


def _active_staff(staff_id: int) -> Any:
    """With `team_keys`, the ids of their teams, in the same query: it is the first of every request."""
    theirs = Staff.teams.through.objects.filter(staff_id=OuterRef("pk"))
    found = Staff.objects.annotate(team_keys=ArraySubquery(theirs.values("team_id")))
    return found.filter(pk=staff_id, is_active=True).first()


def _actor(staff: Any) -> Actor:
    abilities = frozenset().union(*(ABILITIES_OF[role] for role in staff.roles))
    if "access.open" in abilities and has_open_access(staff.pk):
        abilities |= {OPENED_ACCESS}
    return Actor(
        kind="staff",
        id=staff.pk,
        name=staff.name,
        roles=frozenset(staff.roles),
        abilities=abilities,
        team_ids=frozenset(staff.team_keys),
        area_ids=area_subtree(staff.areas.values_list("pk", flat=True))
        if Role.SUPERVISOR in staff.roles
        else frozenset(),
        language=staff.language,
        time_zone=staff.time_zone,
        theme=staff.theme,
    )
