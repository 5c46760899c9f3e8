"""Decides how a secret that must be read again is kept: sealed with a key made from this installation's secret."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac


class NotOurSeal(Exception):
    """It was sealed under another secret key, so nobody can read it any more."""


def seal(text: str, *, purpose: str) -> str:
    """The text as it may be stored; each purpose has a key of its own, and an empty text stays empty."""
    return _fernet(purpose).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str, *, purpose: str) -> str:
    """The text in clear, for the moment it is used. Raises NotOurSeal."""
    if not sealed:
        return ""
    try:
        return _fernet(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise NotOurSeal() from None


def fingerprint(text: str, *, purpose: str) -> str:
    """64 signs by which a text is known again, and which tell nothing about it without this installation's secret."""
    return salted_hmac(purpose, text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _fernet(purpose: str) -> Fernet:
    key = salted_hmac(purpose, "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
