"""Names read as they are written: direction overrides go, right-to-left writing stays."""

from __future__ import annotations

import pytest

from haoke.core.text.direction import without_overrides


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2067王伟\u2069", "王伟"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("陈先生 😀", "陈先生 😀"),
    ],
)
def test_only_the_turning_signs_go(text: str, shown: str) -> None:
    assert without_overrides(text) == shown
