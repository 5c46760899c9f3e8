"""Whether a unified social credit code is one: 18 signs, the last of which checks the others (GB 32100-2015)."""

from __future__ import annotations

from haoke.customers.errors import CreditCodeWrong

# The 31 signs of the standard: I, O, S, V and Z are left out because they are misread.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def check_credit_code(code: str) -> None:
    """Raises CreditCodeWrong unless the code has 18 known signs and the right check sign."""
    if len(code) != LENGTH or any(sign not in SIGNS for sign in code) or code[-1] != check_sign(code[:-1]):
        raise CreditCodeWrong(field="credit_code")


def check_sign(first_seventeen: str) -> str:
    """The check sign: 31 less the sum of values weighted by the powers of 3, modulo 31 (GB 32100-2015, annex A)."""
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen))
    return SIGNS[-total % 31]
