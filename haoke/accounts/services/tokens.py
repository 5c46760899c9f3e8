"""API tokens: made, used and revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.models import ApiToken
from haoke.accounts.queries import digest_of
from haoke.accounts.rules import known_roles
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def create_token(*, name: str, role: str, by: Actor) -> str:
    """Makes a key for a machine and returns it in clear, this one time. Raises Forbidden, NameNeeded, UnknownRole."""
    now = clock.now()
    by.require("tokens.change")
    if not name.strip():
        raise errors.NameNeeded(field="name")
    clear = f"haoke_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        name=name.strip()[:100],
        digest=digest_of(clear),
        role=known_roles([role])[0],
        created_at=now,
        created_by_name=by.name,
    )
    record(events.TokenCreated(token_id=token.pk, name=token.name, role=token.role), by=by, at=now)
    return clear


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor) -> None:
    """Raises Forbidden, NotFound."""
    now = clock.now()
    by.require("tokens.change")
    token = ApiToken.objects.select_for_update().filter(pk=token_id, revoked_at=None).first()
    if token is None:
        raise NotFound()
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record(events.TokenRevoked(token_id=token.pk, name=token.name), by=by, at=now)


def note_token_use(token_id: int) -> None:
    """Remembers, at most once a minute, that a token was used."""
    now = clock.now()
    ApiToken.objects.filter(pk=token_id).exclude(last_used_at__gt=now - timedelta(minutes=1)).update(last_used_at=now)
