"""Decides how the password of an outgoing server is kept: sealed, under a purpose of its own."""

from __future__ import annotations

from haoke.core import sealing
from haoke.core.sealing import NotOurSeal

__all__ = ["NotOurSeal", "seal", "unseal"]

_PURPOSE = "haoke.channels.outgoing_password"


def seal(password: str) -> str:
    """The password as it may be stored; an empty one stays empty."""
    return sealing.seal(password, purpose=_PURPOSE)


def unseal(sealed: str) -> str:
    """The password in clear, for the moment it is used. Raises NotOurSeal."""
    return sealing.unseal(sealed, purpose=_PURPOSE)
