"""Decides whom an internal note calls by `@name`; names may hold spaces, and one may begin like another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SIGNS = "@\uff20"
# The @ of a mail address calls nobody.
_INSIDE_A_WORD = re.compile(r"[A-Za-z0-9._%+-]")
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Called:
    """Whom a note calls, in the order of the text, and the names that several colleagues bear."""

    staff_ids: tuple[int, ...]
    ambiguous: tuple[str, ...]


def has_call(text: str) -> bool:
    """Whether it is worth looking for names at all."""
    return any(sign in text for sign in _SIGNS)


def call_names(people: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """By what each of (id, name, mail address) is called: the name, and the address where the name is not enough."""
    everybody = list(people)
    bearers = Counter(_folded(name) for _id, name, _address in everybody)
    return {
        staff_id: name if bearers[_folded(name)] == 1 else f"{name} ({address})"
        for staff_id, name, address in everybody
    }


def called_in(text: str, call_names: Mapping[int, str], names: Mapping[int, str]) -> Called:
    """Reads the calls out of a note: `call_names` say by what each is called, `names` what they simply bear."""
    by_call = {_folded(call): staff_id for staff_id, call in call_names.items()}
    shared = {_folded(name): name for staff_id, name in names.items() if call_names[staff_id] != name}
    # The longest first: @王小明 is not 王小.
    words: dict[str, list[str]] = {}
    for call in sorted({*by_call, *shared}, key=len, reverse=True):
        # By how they begin: a note of nothing but signs must not be compared with everybody at each of them.
        words.setdefault(call[:1], []).append(call)
    folded = _folded(text)
    called: dict[int, None] = {}
    ambiguous: dict[str, None] = {}
    for place, sign in enumerate(folded):
        if sign not in _SIGNS or (place and _INSIDE_A_WORD.match(folded[place - 1])):
            continue
        likely = words.get(folded[place + 1 : place + 2], ())
        word = next((each for each in likely if _stands_at(folded, place + 1, each)), None)
        if word in by_call:
            called[by_call[word]] = None
        elif word is not None:
            ambiguous[shared[word]] = None
    return Called(tuple(called), tuple(ambiguous))


def _stands_at(text: str, place: int, name: str) -> bool:
    """Whether the name stands there as a whole: @Ann is not called by @Anna, while Chinese goes on without a space."""
    end = place + len(name)
    if not name or not text.startswith(name, place):
        return False
    return not (_LATIN.match(name[-1]) and _LATIN.match(text, end))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
