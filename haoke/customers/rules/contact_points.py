"""When a contact point can be used, and when two of them are the same (RULINGS, Customers)."""

from __future__ import annotations

from dataclasses import dataclass

from haoke.core.text.folding import fold
from haoke.core.text.phones import NotAMailAddress as NotOneMailAddress
from haoke.core.text.phones import NotAPhone, normalise_mail, normalise_phone
from haoke.customers.choices import ContactKind
from haoke.customers.errors import ContactPointEmpty, NotAMailAddress, NotAPhoneNumber, UnknownCode
from haoke.customers.rules.details import clean_text

LONGEST_VALUE = 254
LONGEST_NORMALISED = 320
LONGEST_LABEL = 50
FEWEST_DIGITS, MOST_DIGITS = 3, 20

CALLED = frozenset({ContactKind.PHONE, ContactKind.FAX})


@dataclass(frozen=True)
class ContactPointValue:
    """A contact point as it was typed, and in the one form in which it is compared."""

    kind: str
    value: str
    normalised: str
    extension: str = ""
    label: str = ""


def parse_contact_point(kind: str, value: str, label: str = "") -> ContactPointValue:
    """Reads what was typed. Raises UnknownCode, ContactPointEmpty, TextTooLong, NotAPhoneNumber, NotAMailAddress."""
    if kind not in ContactKind.values:
        raise UnknownCode(field="kind", value=kind, choices=", ".join(ContactKind.values))
    typed = clean_text(value, field=kind, most=LONGEST_VALUE)
    if not typed:
        raise ContactPointEmpty(field=kind)
    normalised, extension = _normalised(kind, typed)
    return ContactPointValue(
        kind=kind,
        value=typed,
        normalised=normalised[:LONGEST_NORMALISED],
        extension=extension,
        label=clean_text(label, field="label", most=LONGEST_LABEL),
    )


def normalised_or_none(kind: str, value: str) -> str | None:
    """The comparable form of something a machine hands over, None where it is no such contact point."""
    try:
        return parse_contact_point(kind, value).normalised
    except (ContactPointEmpty, NotAMailAddress, NotAPhoneNumber):
        return None


def _normalised(kind: str, typed: str) -> tuple[str, str]:
    if kind in CALLED:
        return _as_phone(kind, typed)
    if kind == ContactKind.MAIL:
        try:
            return normalise_mail(typed), ""
        except NotOneMailAddress:
            raise NotAMailAddress(field=kind) from None
    return fold(typed).replace(" ", ""), ""


def _as_phone(kind: str, typed: str) -> tuple[str, str]:
    try:
        phone = normalise_phone(typed)
    except NotAPhone:
        raise NotAPhoneNumber(field=kind) from None
    if not FEWEST_DIGITS <= len(phone.e164_or_digits.lstrip("+")) <= MOST_DIGITS:
        raise NotAPhoneNumber(field=kind)
    return phone.e164_or_digits, phone.extension
