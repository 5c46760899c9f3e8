"""Reading and masking contact points."""

from __future__ import annotations

import pytest

from haoke.core.errors import Invalid
from haoke.customers.errors import (
    ContactPointEmpty,
    NotAMailAddress,
    NotAPhoneNumber,
    TextNotUsable,
    TextTooLong,
    UnknownCode,
)
from haoke.customers.rules.contact_points import normalised_or_none, parse_contact_point
from haoke.customers.rules.masking import masked


@pytest.mark.parametrize(
    ("kind", "typed", "normalised", "extension"),
    [
        ("phone", "138 0013 8000", "+8613800138000", ""),
        ("phone", "１３８００１３８０００", "+8613800138000", ""),
        ("phone", "010-12345678-801", "+861012345678", "801"),
        ("phone", "10086", "10086", ""),
        ("phone", "12315", "12315", ""),
        ("phone", "95588", "95588", ""),
        ("mail", " Wang.Wei@Example.COM ", "wang.wei@example.com", ""),
        ("wechat", "Wang Wei_88", "wangwei_88", ""),
    ],
)
def test_contact_points_are_normalised(kind: str, typed: str, normalised: str, extension: str) -> None:
    """RULINGS, Customers: typed, normalised, with extension; 10086, 95xxx and 12315 are valid."""
    point = parse_contact_point(kind, typed)
    assert (point.normalised, point.extension) == (normalised, extension)
    assert point.value == " ".join(typed.split())


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        ("phone", "call me", NotAPhoneNumber),
        ("phone", "12", NotAPhoneNumber),
        ("phone", "1" * 21, NotAPhoneNumber),
        ("mail", "wang at example", NotAMailAddress),
        ("mail", "a@b@c", NotAMailAddress),
        ("wechat", "   ", ContactPointEmpty),
        ("other", "x" * 255, TextTooLong),
        ("wechat", "a\0b", TextNotUsable),
        ("pigeon", "x", UnknownCode),
    ],
)
def test_what_cannot_be_used_is_refused(kind: str, typed: str, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        parse_contact_point(kind, typed)


def test_machines_get_none_instead_of_a_refusal() -> None:
    assert normalised_or_none("mail", "Mailer Daemon") is None
    assert normalised_or_none("mail", "INFO@Example.com") == "info@example.com"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("138 0013 8000", "phone", "138****8000"),
        ("+86 13800138000", "phone", "138****8000"),
        ("010-12345678", "phone", "10****78"),
        ("10086", "phone", "****6"),
        ("wang@example.com", "mail", "w***@example.com"),
        ("wangwei88", "wechat", "w****"),
    ],
)
def test_a_mask_leaves_enough_to_recognise(value: str, kind: str, shown: str) -> None:
    assert masked(value, kind) == shown
