"""Which texts are the number of a row."""

from __future__ import annotations

import pytest

from haoke.core.text.numbers import number_in


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("42", 42), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "1e3", "١٢", "²", "x", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text: str) -> None:
    assert number_in(text) is None
