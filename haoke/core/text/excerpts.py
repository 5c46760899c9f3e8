"""Decides which part of a text shows why it was found, and what to mark in it: the original, never the folded."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from haoke.core.text.folding import fold
from haoke.core.text.lexemes import lexemes
from haoke.core.text.terms import Phrase, Words

ELLIPSIS = "…"
# Texts are read so far for something to show; what comes later is found all the same.
LONGEST_READ = 20_000

_PIECE = re.compile(r"\s+|\S+")


class Part(NamedTuple):
    """A piece of text, to be marked or not; whoever shows it escapes it."""

    text: str
    is_hit: bool = False


def marked(text: str, terms: Sequence[Words | Phrase]) -> list[Part]:
    """The whole text in parts, with what answers the terms apart from the rest."""
    return _parts(text, 0, len(text), hits(text, terms))


def excerpt(text: str, terms: Sequence[Words | Phrase], *, length: int = 180) -> list[Part]:
    """About `length` characters on one line around where most answers stand; the beginning where none does."""
    line = " ".join(text[:LONGEST_READ].split())
    found = hits(line, terms)
    start = _best_start(line, found, length)
    end = min(start + length, len(line))
    parts = _parts(line, start, end, found)
    before = [Part(ELLIPSIS)] if start else []
    return before + parts + ([Part(ELLIPSIS)] if end < len(line) else [])


def hits(text: str, terms: Sequence[Words | Phrase]) -> list[tuple[int, int]]:
    """Where the text answers the terms: beginnings and ends in the original, in order and apart from each other."""
    folded, places = _folded(text)
    found = list(lexemes(folded))
    spans = sorted({span for term in terms for span in term.places_in(found)})
    merged: list[tuple[int, int]] = []
    for start, end in ((places[start], places[end]) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs, and for its end, the place in the original it comes from.

    Folding can lengthen and shorten (㎏ is kg, a letter and its accent become one), so what does not keep its length
    is folded by its smallest parts.
    """
    parts: list[str] = []
    places: list[int] = []
    for piece in _PIECE.finditer(text):
        folded = fold(piece[0])
        if len(folded) == len(piece[0]):
            parts.append(folded)
            places.extend(range(piece.start(), piece.end()))
            continue
        for start, end in pairwise([*_boundaries(piece[0]), len(piece[0])]):
            parts.append(fold(piece[0][start:end]))
            places.extend([piece.start() + start] * len(parts[-1]))
    return "".join(parts), [*places, len(text)]


def _boundaries(text: str) -> list[int]:
    """Where a letter begins, its accents and the parts of one syllable with it."""
    return [at for at, sign in enumerate(text) if at == 0 or not _goes_on(sign)]


def _goes_on(sign: str) -> bool:
    # Vowels and finals of Korean syllables, half-width voicing marks, accents.
    return bool(unicodedata.combining(sign)) or "\u1160" <= sign <= "\u11ff" or sign in "ﾞﾟ"


def _best_start(line: str, found: Sequence[tuple[int, int]], length: int) -> int:
    """Where the window with most answers begins, a little before the first of them."""
    if not found or len(line) <= length:
        return 0
    lead = length // 4
    starts, ends = [start for start, _end in found], [end for _start, end in found]
    # The answers stand in order and apart, so that counting them takes no look at each: there may be thousands.
    best = max(
        (max(start - lead, 0) for start in starts),
        key=lambda begin: bisect_right(ends, begin + length) - bisect_left(starts, begin),
    )
    best = min(best, len(line) - length)
    # Not in the middle of a word, where a space is near.
    space = line.find(" ", best, best + lead // 2)
    return space + 1 if best and space != -1 else best


def _parts(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    at = start
    for begin, stop in found:
        begin, stop = max(begin, start), min(stop, end)
        if begin >= stop:
            continue
        if begin > at:
            parts.append(Part(text[at:begin]))
        parts.append(Part(text[begin:stop], True))
        at = stop
    return parts + ([Part(text[at:end])] if at < end else [])
