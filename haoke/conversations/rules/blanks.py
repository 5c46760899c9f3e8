"""Decides how the blanks of a canned reply, such as {{customer.name}}, are found, refused and filled.

No template engine ever sees what people write: a blank is one of the names below or it is nothing. A text is filled in
one pass, so that nothing in a value, which may come from a customer, is read as a blank again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from haoke.conversations.choices import Blank
from haoke.conversations.errors import UnfilledBlanks, UnknownBlanks

BLANKS = tuple(Blank.values)

# Chinese keyboards write full-width braces.
# One bounded run between them and no two that could share the spaces: a long text must not take minutes to read.
_BLANK = re.compile(r"[{\uff5b]{2}([^{}\uff5b\uff5d\n]{0,80})[}\uff5d]{2}")
_BRACES = re.compile(r"[{\uff5b]{2}[^\n]{0,40}")
_OPEN, _CLOSE = "⟦", "⟧"
_MARK = re.compile(rf"{_OPEN}({'|'.join(map(re.escape, BLANKS))}){_CLOSE}")


@dataclass(frozen=True)
class FilledText:
    """A text with its blanks filled; those in `missing` had no value and stand marked in it, for a person to see."""

    text: str
    missing: tuple[str, ...] = ()


def check_blanks(text: str) -> None:
    """Raises UnknownBlanks, with what it could not read."""
    unknown = [f"{{{{{name}}}}}" for found in _BLANK.findall(text) if (name := found.strip()) not in BLANKS]
    unknown += _BRACES.findall(_BLANK.sub("", text))
    if unknown:
        raise UnknownBlanks(blanks=", ".join(dict.fromkeys(unknown)))


def fill_blanks(text: str, values: Mapping[str, str]) -> FilledText:
    """The text with what is known put in, and ⟦customer.name⟧ where nothing is."""
    missing: dict[str, None] = {}

    def filled(blank: re.Match[str]) -> str:
        name = blank[1].strip()
        if name not in BLANKS:
            return blank[0]
        value = _one_line(values.get(name, ""))
        if not value:
            missing[name] = None
        return value or f"{_OPEN}{name}{_CLOSE}"

    return FilledText(_BLANK.sub(filled, text), tuple(missing))


def check_filled(text: str) -> None:
    """No customer shall read ⟦customer.name⟧. Raises UnfilledBlanks."""
    marks = [mark[0] for mark in _MARK.finditer(text)]
    if marks:
        raise UnfilledBlanks(field="text", blanks=", ".join(dict.fromkeys(marks)))


def _one_line(value: str) -> str:
    """A value as it may stand in a text: on one line, and without the signs that mark a missing one."""
    return " ".join(value.replace(_OPEN, "").replace(_CLOSE, "").split())
