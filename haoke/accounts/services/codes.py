"""One-time codes: a code of the app or a recovery code is accepted once, and recovery codes are made."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from haoke.accounts import errors, rules
from haoke.accounts.choices import SignInStep
from haoke.accounts.models import RecoveryCode, SecondFactor
from haoke.accounts.queries import SEALED_FOR
from haoke.core.limits import check_limit, forget_limit
from haoke.core.sealing import NotOurSeal, fingerprint, unseal

HOW_MANY = 10
MOST_CODES = 5
MOST_CODES_A_DAY = 40
MOST_CODES_FROM_AN_ADDRESS = 30
WINDOW = timedelta(minutes=5)


def count_try(staff_id: int, *, address: str = "") -> None:
    """Counts one typed code: 5 in 5 minutes and 40 a day for one person, 30 in 5 minutes from one address.

    Guessing a code of six digits then takes years; outside a transaction, so that a refused try stays counted.
    Raises Limited.
    """
    if address:
        check_limit(f"code-from:{address}", most=MOST_CODES_FROM_AN_ADDRESS, per=WINDOW)
    check_limit(f"code:{staff_id}", most=MOST_CODES, per=WINDOW)
    check_limit(f"code-day:{staff_id}", most=MOST_CODES_A_DAY, per=timedelta(days=1))


def forget_tries(staff_id: int) -> None:
    """Whoever gets in has a clean slate."""
    forget_limit(f"code:{staff_id}")
    forget_limit(f"code-day:{staff_id}")


def accept_code(staff_id: int, text: str, *, at: datetime) -> SignInStep:
    """Uses a code of the app or a recovery code up, in the caller's transaction. Raises CodeRefused."""
    code = rules.typed_code(text)
    if rules.is_recovery_code(code):
        mark = _mark(staff_id, code)
        if RecoveryCode.objects.filter(staff_id=staff_id, fingerprint=mark, used_at=None).update(used_at=at):
            return SignInStep.RECOVERY_CODE
        raise errors.CodeRefused(field="code")
    factor = SecondFactor.objects.select_for_update().filter(staff_id=staff_id, confirmed_at__isnull=False).first()
    if factor is None:
        raise errors.CodeRefused(field="code")
    use_code(factor, code, at=at)
    return SignInStep.CODE


def use_code(factor: SecondFactor, text: str, *, at: datetime) -> None:
    """Accepts a code of this app, held locked by the caller, and remembers its step. Raises CodeRefused."""
    try:
        secret = unseal(factor.sealed_secret, purpose=SEALED_FOR)
    except NotOurSeal:
        # Another secret key than the one it was sealed with: recovery codes and administrators are the way in.
        raise errors.CodeRefused(field="code") from None
    step = rules.matching_step(secret, rules.typed_code(text), at=at, after=factor.last_step)
    if step is None:
        raise errors.CodeRefused(field="code")
    factor.last_step = step
    factor.save(update_fields=["last_step"])


def make_recovery_codes(staff_id: int, *, at: datetime) -> list[str]:
    """Ten new codes in clear, this one time; whatever codes there were no longer work."""
    codes = [_new_code() for _number in range(HOW_MANY)]
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff_id=staff_id, fingerprint=_mark(staff_id, code), created_at=at) for code in codes
    )
    return [rules.grouped(code) for code in codes]


def _new_code() -> str:
    return "".join(secrets.choice(rules.RECOVERY_SIGNS) for _sign in range(rules.RECOVERY_CODE_LENGTH))


def _mark(staff_id: int, code: str) -> str:
    return fingerprint(f"{staff_id}:{code}", purpose="haoke.accounts.recovery_code")
