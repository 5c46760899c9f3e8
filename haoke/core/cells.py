"""How a text becomes a cell that a spreadsheet shows rather than runs."""

from __future__ import annotations

# What Excel, Calc and WPS take for the beginning of a formula or of a command.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would read a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text
