"""How complete an archive is, and what is missing (S0-67)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from haoke.customers.choices import BasicField, CustomerKind

_OF_EVERYBODY = (BasicField.PHONE, BasicField.MAIL, BasicField.LANGUAGE, BasicField.ADDRESS, BasicField.SOURCE)

# Each basic field counts the same, so that the score is the share of what is there.
BASIC_FIELDS: Mapping[str, tuple[BasicField, ...]] = {
    CustomerKind.PERSON: (*_OF_EVERYBODY, BasicField.HONORIFIC),
    CustomerKind.ORGANISATION: (*_OF_EVERYBODY, BasicField.CREDIT_CODE, BasicField.INDUSTRY),
}


@dataclass(frozen=True)
class Completeness:
    """The share of basic fields that are filled, in whole percent, and those that are not."""

    percent: int
    missing: tuple[BasicField, ...]


def completeness(details: Mapping[str, Any], contact_kinds: Collection[str]) -> Completeness:
    """The score of an archive with these details and contact points of these kinds."""
    expected = BASIC_FIELDS[details["kind"]]
    missing = tuple(field for field in expected if not _is_filled(field, details, contact_kinds))
    return Completeness(percent=100 * (len(expected) - len(missing)) // len(expected), missing=missing)


def _is_filled(field: BasicField, details: Mapping[str, Any], contact_kinds: Collection[str]) -> bool:
    if field in (BasicField.PHONE, BasicField.MAIL):
        return field.value in contact_kinds
    if field == BasicField.ADDRESS:
        return bool(details.get("province") and details.get("city"))
    return bool(details.get(field.value))
