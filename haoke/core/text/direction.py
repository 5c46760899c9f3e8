"""Decides which invisible signs may not stand in a name: those that make it read otherwise than it is written."""

from __future__ import annotations

# Embeddings, overrides and isolates of Unicode's bidirectional algorithm. No name needs one, Arabic included.
_OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def without_overrides(text: str) -> str:
    """The text without signs that turn its direction; right-to-left writing itself stays as it is."""
    return text.translate(_OVERRIDES)
