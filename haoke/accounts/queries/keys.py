"""The tokens with which programs come in."""

from __future__ import annotations

import hashlib

from haoke.accounts.models import ApiToken
from haoke.core.errors import NotFound


def tokens() -> list[ApiToken]:
    return list(ApiToken.objects.all())


def living_token(token_id: int) -> ApiToken:
    """A token that still opens the door. Raises NotFound."""
    found = ApiToken.objects.filter(pk=token_id, revoked_at=None).first()
    if found is None:
        raise NotFound()
    return found


def digest_of(token: str) -> str:
    """A token is 256 random bits, so a plain SHA-256 is enough to keep it unreadable."""
    return hashlib.sha256(token.encode()).hexdigest()
