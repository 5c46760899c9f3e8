"""Which details an archive has, how long they may be, and which of them belong to which kind of customer."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, TypedDict

from haoke.core.text.direction import without_overrides
from haoke.customers.choices import CustomerKind, Honorific, Language, Nature, Source
from haoke.customers.errors import DetailOfAnotherKind, NameNeeded, TextNotUsable, TextTooLong, UnknownCode
from haoke.customers.rules.credit_code import check_credit_code


class Details(TypedDict, total=False):
    """The details beside kind and name; whoever edits names only those that change."""

    honorific: str
    position: str
    nature: str
    language: str
    source: str
    industry: str
    credit_code: str
    area_id: int | None
    province: str
    city: str
    district: str
    street: str
    note: str


class Changes(Details, total=False):
    """What an edit may change."""

    kind: str
    name: str


# The longest text of each detail, in characters.
LIMITS: Mapping[str, int] = {
    "name": 200,
    "position": 100,
    "industry": 100,
    "credit_code": 18,
    "province": 50,
    "city": 50,
    "district": 50,
    "street": 200,
    "note": 4000,
}
CODES: Mapping[str, Any] = {
    "kind": CustomerKind,
    "honorific": Honorific,
    "nature": Nature,
    "language": Language,
    "source": Source,
}
OPTIONAL_CODES = frozenset({"honorific", "language", "source"})
ONLY_FOR: Mapping[str, str] = {
    "honorific": CustomerKind.PERSON,
    "position": CustomerKind.PERSON,
    "credit_code": CustomerKind.ORGANISATION,
}
# What a fact names as changed without repeating it.
PRIVATE = frozenset({"street", "note"})


def clean_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details in the form in which they are stored. Raises NameNeeded, TextTooLong, TextNotUsable, UnknownCode."""
    return {field: _cleaned(field, value) for field, value in details.items()}


def check_kind(details: Mapping[str, Any]) -> None:
    """Whether all details together make sense for the kind of customer. Raises DetailOfAnotherKind, CreditCodeWrong."""
    for field, kind in ONLY_FOR.items():
        if details.get(field) and details["kind"] != kind:
            raise DetailOfAnotherKind(field=field)
    if details.get("credit_code"):
        check_credit_code(details["credit_code"])


def left_behind(kind: str) -> dict[str, str]:
    """The details that a customer of this kind cannot have, empty: what changing the kind clears."""
    return {field: "" for field, of_kind in ONLY_FOR.items() if of_kind != kind}


def clean_text(text: Any, *, field: str, most: int, keeps_lines: bool = False) -> str:
    """Trimmed, on one line unless it keeps its lines. Raises TextTooLong, TextNotUsable."""
    if not isinstance(text, str) or any(_cannot_be_stored(sign) for sign in text):
        raise TextNotUsable(field=field)
    text = without_overrides(text)
    tidy = "\n".join(text.splitlines()).strip() if keeps_lines else " ".join(text.split())
    if len(tidy) > most:
        raise TextTooLong(field=field, most=most, length=len(tidy))
    return tidy


def _cleaned(field: str, value: Any) -> Any:
    if field in CODES:
        return _known_code(field, value)
    if field not in LIMITS:
        return value
    text = clean_text(value, field=field, most=LIMITS[field], keeps_lines=field == "note")
    if field == "name" and not text:
        raise NameNeeded(field="name")
    return text.upper() if field == "credit_code" else text


def _known_code(field: str, value: Any) -> str:
    codes = CODES[field]
    if value in codes.values or (value == "" and field in OPTIONAL_CODES):
        return str(value)
    raise UnknownCode(field=field, value=value, choices=", ".join(codes.values))


def _cannot_be_stored(sign: str) -> bool:
    # NUL has no place in PostgreSQL's text, and half a surrogate pair none in UTF-8.
    return sign == "\0" or unicodedata.category(sign) == "Cs"
