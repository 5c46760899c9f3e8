"""Decides who needs a second factor, and whether the code somebody typed is the right one (RFC 6238)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime
from hmac import compare_digest

import pyotp

from haoke.accounts.choices import Role, SecondFactorRule

STEP_SECONDS = 30
# A phone's clock may be half a minute early or late, and typing takes time.
DRIFT_STEPS = 1
CODE_DIGITS = 6
# Without 0, 1, i, l and o, which people confuse on paper: 31 signs, so 12 of them hold 59 bits.
RECOVERY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_CODE_LENGTH = 12

_WHO_MUST: dict[str, frozenset[str]] = {
    SecondFactorRule.NOBODY: frozenset(),
    SecondFactorRule.ADMINISTRATORS: frozenset({Role.ADMINISTRATOR}),
    SecondFactorRule.LEADING: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    SecondFactorRule.EVERYBODY: frozenset(Role),
}


def must_have_second_factor(rule: str, roles: Collection[str]) -> bool:
    """Whether somebody of these roles has to have one under the rule of the house."""
    return not _WHO_MUST[rule].isdisjoint(roles)


def typed_code(text: str) -> str:
    """The code as it counts: without spaces and hyphens, full-width signs made narrow, in small letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def is_recovery_code(code: str) -> bool:
    return len(code) == RECOVERY_CODE_LENGTH


def matching_step(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The time step whose code this is: the present one or one beside it, and only if it is later than step `after`.

    A step that was accepted once is handed in as `after`, so that no code opens the door twice (RFC 6238, 5.2).
    """
    if len(code) != CODE_DIGITS or not code.isascii():
        return None
    present = int(at.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > after and compare_digest(generator.generate_otp(step), code):
            return step
    return None


def enrolment_address(secret: str, *, name: str, issuer: str) -> str:
    """What the QR code says to the app: whose code, of which house."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def grouped(code: str) -> str:
    """A long code as people copy it: in fours."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
