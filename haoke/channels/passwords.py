"""Decides how the password of an outgoing server is kept: sealed with a key made from this installation's secret."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

_PURPOSE = "haoke.channels.outgoing_password"


class NotOurSeal(Exception):
    """The password was sealed under another secret key; it has to be typed in again."""


def seal(password: str) -> str:
    """The password as it may be stored; an empty one stays empty."""
    return _fernet().encrypt(password.encode()).decode() if password else ""


def unseal(sealed: str) -> str:
    """The password in clear, for the moment it is used. Raises NotOurSeal."""
    if not sealed:
        return ""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise NotOurSeal() from None


def _fernet() -> Fernet:
    key = salted_hmac(_PURPOSE, "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
