"""What a code from outside must be before it is stored: known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from haoke.accounts import errors
from haoke.accounts.choices import Role


def require_known(code: str, known: Collection[str], *, field: str) -> str:
    """The code itself. Raises UnknownCode."""
    if code not in known:
        raise errors.UnknownCode(field=field, value=code, known=", ".join(known))
    return code


def known_roles(roles: Sequence[str]) -> list[str]:
    """The roles in one order, each once. Raises UnknownRole for a strange one, and for none at all."""
    for role in roles or ["—"]:
        if role not in Role.values:
            raise errors.UnknownRole(field="roles", role=role, roles=", ".join(Role.values))
    return sorted(set(roles))
