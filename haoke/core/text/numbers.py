"""Numbers as addresses and forms carry them."""

from __future__ import annotations

# What a column of keys holds; a longer number is no row's.
MOST_DIGITS = 18


def number_in(text: str) -> int | None:
    """The number a text is, in plain digits; None for anything else, and for what no key can be."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
