"""Building the actor at the edge, from a session, a staff id or a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils.crypto import constant_time_compare

from haoke.accounts.choices import ABILITIES_OF, Role
from haoke.accounts.models import AccessOpening, ApiToken, Presence, SessionRecord, Staff
from haoke.accounts.queries.keys import digest_of
from haoke.core import clock
from haoke.core.actor import Actor

# Held for an hour by an administrator who gave a reason; visible_to in every domain knows it.
OPENED_ACCESS = "access.opened"
# In the session of whoever still has to set a second factor up; until then nothing else opens to them.
MUST_SET_UP = "must_set_up_second_factor"


@dataclass(frozen=True)
class SignedIn:
    """Who is behind a request; `seen_at` is when their session was last noted, None where it never was."""

    actor: Actor
    seen_at: datetime | None = None
    must_set_up: bool = False


def actor_of_staff(staff_id: int) -> Actor:
    """The actor for a signed-in colleague, nobody when they left."""
    staff = _active_staff(staff_id)
    return _actor(staff) if staff else Actor.nobody()


def signed_in(session: SessionBase) -> SignedIn:
    """Who is behind a session: nobody once they left, or since their password changed after they signed in."""
    staff_id = session.get(SESSION_KEY)
    staff = _active_staff(int(staff_id), session.session_key) if staff_id else None
    if staff is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), staff.get_session_auth_hash()):
        return SignedIn(Actor.nobody())
    return SignedIn(_actor(staff), staff.session_seen_at, bool(session.get(MUST_SET_UP)))


def actor_in_session(session: SessionBase) -> Actor:
    return signed_in(session).actor


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


def _active_staff(staff_id: int, session_key: str | None = None) -> Any:
    """With `team_keys`, the ids of their teams, and when the session was last seen: one query, the first of all."""
    theirs = Staff.teams.through.objects.filter(staff_id=OuterRef("pk"))
    here = SessionRecord.objects.filter(session_id=session_key, staff_id=OuterRef("pk"))
    presence = Presence.objects.filter(staff_id=OuterRef("pk"))
    found = Staff.objects.annotate(
        team_keys=ArraySubquery(theirs.values("team_id")),
        session_seen_at=Subquery(here.values("seen_at")),
        presence_said=Subquery(presence.values("state")),
        presence_seen_at=Subquery(presence.values("seen_at")),
    )
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
        presence=staff.presence_said or "",
        seen_at=staff.presence_seen_at,
    )
