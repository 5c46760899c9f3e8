"""How much of a contact point is shown to somebody who may not see all of it."""

from __future__ import annotations

from haoke.core.text.phones import NotAPhone, normalise_phone
from haoke.customers.choices import ContactKind
from haoke.customers.rules.contact_points import CALLED

COVER = "****"
CHINA = "+86"


def masked(value: str, kind: str) -> str:
    """138****8000, w***@example.com, l****: enough to recognise, too little to write to."""
    if kind in CALLED:
        return _masked_phone(value)
    if kind == ContactKind.MAIL:
        local, _at, domain = value.rpartition("@")
        return f"{local[:1]}***@{domain}" if local else COVER
    return f"{value[:1]}{COVER}"


def _masked_phone(value: str) -> str:
    try:
        digits = normalise_phone(value).e164_or_digits.removeprefix(CHINA)
    except NotAPhone:
        return COVER
    # Seven digits stay of a mobile number or one with area code, four of a short landline, one of a service number.
    first, last = (3, 4) if len(digits) >= 11 else (2, 2) if len(digits) >= 7 else (0, 1)
    return f"{digits[:first]}{COVER}{digits[-last:]}"
