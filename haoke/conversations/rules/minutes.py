"""How many minutes a piece of work probably took; a suggestion that its author may change."""

from __future__ import annotations

# A practised typist writes about 40 Chinese characters or 200 Latin letters a minute.
CHARACTERS_A_MINUTE = 40
LETTERS_A_MINUTE = 200


def suggested_minutes(text: str, *, least: int) -> int:
    """Whole minutes for writing `text`, at least `least`, at most an hour."""
    wide = sum(1 for letter in text if ord(letter) >= 0x2E80)
    writing = wide / CHARACTERS_A_MINUTE + (len(text) - wide) / LETTERS_A_MINUTE
    return min(60, max(least, round(writing)))
