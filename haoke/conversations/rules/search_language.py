"""What somebody who types a search asks for: words, phrases, and filters such as `owner:me` or `状态：挂起`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from haoke.conversations.choices import SearchKey, SearchProblem
from haoke.conversations.rules import search_keys as keys

LONGEST = 500
MOST_PIECES = 30
# A phone number typed with gaps is one word: nobody means 138 and 0013 and 8000 apart.
PHONE_DIGITS = range(7, 16)

TODAY, YESTERDAY = "today", "yesterday"
_RELATIVE_DAYS = {
    "today": TODAY,
    "今天": TODAY,
    "今日": TODAY,
    "yesterday": YESTERDAY,
    "昨天": YESTERDAY,
    "昨日": YESTERDAY,
}

_SPACE = re.compile(r"\s+")
_MINUS = re.compile(r"[-－−](?=[^\s\-－−])")
_KEY = re.compile(r"([^\s:：\"“”„＂「」『』]{1,20})[:：]")
_QUOTED = re.compile(r"[\"“”„＂]([^\"“”„＂]*)[\"“”„＂]?|「([^」]*)」?|『([^』]*)』?")
_BARE = re.compile(r"\S+")
_SEVERAL = re.compile(r"[,，、;；]")
_REFERENCE = re.compile(r"HK[-－]([0-9]{1,15})", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
# What stands before a colon in ordinary writing and is no attempt at a filter; two letters never are (re:, fw:).
_LOOKS_LIKE_KEY = re.compile(r"([A-Za-z][A-Za-z_-]{2,14})[:：][^/\\:：]+")
_ORDINARY = frozenset(("fwd", "tel", "fax", "http", "https", "ftp", "mailto", "file", "urn", "data", "note"))
_DIGITS = re.compile(r"\+?[0-9()/.－-]*[0-9][0-9()/.－-]*")


@dataclass(frozen=True)
class Term:
    """Words or a phrase as typed; excluded ones must not occur."""

    text: str
    is_excluded: bool = False


@dataclass(frozen=True)
class Filter:
    """One condition; several values mean any of them.

    Values are codes where the key has codes, ISO dates for dates, and otherwise as typed until a query has looked the
    names up: then `ids` holds what they mean, None standing for nobody and nothing.
    """

    key: str
    values: tuple[str, ...]
    is_excluded: bool = False
    typed: str = ""
    ids: tuple[int | None, ...] | None = None


@dataclass(frozen=True)
class Problem:
    """What could not be followed, with the sentence that says so."""

    kind: SearchProblem
    typed: str
    offered: str = ""

    @property
    def sentence(self) -> str:
        return str(self.kind.label) % {"typed": self.typed, "offered": self.offered}

    @property
    def is_fatal(self) -> bool:
        """A wish that cannot be met finds nothing: left out, it would find more than was asked for."""
        return self.kind != SearchProblem.UNKNOWN_KEY


@dataclass(frozen=True)
class SearchQuery:
    words: tuple[Term, ...] = ()
    phrases: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.filters or self.problems)

    @property
    def is_impossible(self) -> bool:
        return any(problem.is_fatal for problem in self.problems)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look for in messages."""
        return any(not each.is_excluded for each in (*self.words, *self.phrases))

    def with_open_end(self) -> SearchQuery | None:
        """The query with its last word left open, as by somebody still typing it; None where that changes nothing."""
        last = self.words[-1] if self.words else None
        if last is None or last.is_excluded or not last.text[-1:].isalnum() or not last.text[-1:].isascii():
            return None
        return replace(self, words=(*self.words[:-1], replace(last, text=f"{last.text}*")))

    def with_problems(self, problems: Sequence[Problem]) -> SearchQuery:
        return replace(self, problems=self.problems + tuple(problems))


@dataclass(frozen=True)
class _Piece:
    typed: str
    text: str
    key: str = ""
    is_quoted: bool = False
    is_excluded: bool = False


def parse_search(text: str) -> SearchQuery:
    """What a typed text asks for; it never fails: what cannot be followed is part of the answer, as problems.

    Text between quotes, straight, curly or 「」, is a phrase; a minus before anything excludes it; HK-123 is the
    conversation of that number. A colon makes a filter only after a key we know: `re: hello`, addresses of pages and
    12:30 are words.
    """
    pieces = list(_pieces(text.replace("\0", "")[:LONGEST]))
    if len(pieces) > MOST_PIECES:
        return SearchQuery(problems=(Problem(SearchProblem.TOO_LONG, text[:40], str(MOST_PIECES)),))
    words: list[Term] = []
    phrases: list[Term] = []
    filters: list[Filter] = []
    problems: list[Problem] = []
    for piece in _with_phones_joined(pieces):
        if piece.key:
            read = _filter(piece)
            if isinstance(read, Filter):
                filters.append(read)
            else:
                problems.append(read)
        elif piece.is_quoted:
            phrases.append(Term(piece.text, piece.is_excluded))
        elif reference := _REFERENCE.fullmatch(piece.text):
            filters.append(Filter(SearchKey.REFERENCE, (reference[1],), piece.is_excluded, piece.typed))
        else:
            words.append(Term(piece.text, piece.is_excluded))
            problems.extend(_doubts(piece))
    problems.extend(contradictions(filters))
    return SearchQuery(tuple(words), tuple(phrases), tuple(filters), tuple(problems))


def contradictions(filters: Sequence[Filter]) -> Iterator[Problem]:
    """Filters that exclude each other: two states at once, a beginning after the end."""
    for key in _ONE_OF_A_KIND:
        asked = [each for each in filters if each.key == key]
        wanted = [set(each.ids or each.values) for each in asked if not each.is_excluded]
        unwanted = {value for each in asked if each.is_excluded for value in each.ids or each.values}
        if wanted and not set.intersection(*wanted) - unwanted:
            yield Problem(SearchProblem.CONTRADICTION, " ".join(each.typed for each in asked))
    bounds = [each for each in filters if each.key in (SearchKey.BEFORE, SearchKey.AFTER) and not each.is_excluded]
    ends = [each.values[0] for each in bounds if each.key == SearchKey.BEFORE]
    starts = [each.values[0] for each in bounds if each.key == SearchKey.AFTER]
    # ISO dates compare as texts; those told as today are compared when today is known.
    if any(end <= start for end in ends for start in starts if end[:1].isdigit() and start[:1].isdigit()):
        yield Problem(SearchProblem.CONTRADICTION, " ".join(each.typed for each in bounds))


_ONE_OF_A_KIND = (
    SearchKey.OWNER,
    SearchKey.TEAM,
    SearchKey.STATUS,
    SearchKey.URGENCY,
    SearchKey.CATEGORY,
    SearchKey.CHANNEL,
    SearchKey.CUSTOMER,
    SearchKey.REFERENCE,
)


def _pieces(text: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        start = at
        minus = _MINUS.match(text, at)
        at = minus.end() if minus else at
        key = ""
        if (before_colon := _KEY.match(text, at)) and (key := keys.key_of(before_colon[1]) or ""):
            at = before_colon.end()
            at = space.end() if (space := _SPACE.match(text, at)) else at
        quoted = _QUOTED.match(text, at)
        found = quoted or _BARE.match(text, at)
        at = found.end() if found else at
        value = (
            next((part for part in quoted.groups() if part is not None), "") if quoted else found[0] if found else ""
        )
        if key or value.strip():
            yield _Piece(text[start:at].strip(), value.strip(), key, quoted is not None, minus is not None)


def _with_phones_joined(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Groups of digits that stand side by side and are together as long as a phone number become one word."""
    group: list[_Piece] = []
    for piece in (*pieces, None):
        if piece is not None and _is_digits(piece):
            group.append(piece)
            continue
        joined = " ".join(each.text for each in group)
        if len(group) > 1 and sum(map(str.isdigit, joined)) in PHONE_DIGITS:
            yield _Piece(joined, joined)
        else:
            yield from group
        group = []
        if piece is not None:
            yield piece


def _is_digits(piece: _Piece) -> bool:
    is_plain = not (piece.key or piece.is_quoted or piece.is_excluded)
    return is_plain and _DIGITS.fullmatch(piece.text) is not None


def _filter(piece: _Piece) -> Filter | Problem:
    values = [piece.text] if piece.is_quoted else [each for each in _SEVERAL.split(piece.text) if each]
    # Whoever types a key in Chinese is answered in Chinese.
    offered = keys.offered_values(piece.key, in_chinese=not piece.typed.split(":")[0].split("：")[0].isascii())
    if not values:
        return Problem(SearchProblem.NO_VALUE, piece.typed, offered)
    if len(values) > MOST_PIECES:
        # Names are looked up one by one.
        return Problem(SearchProblem.TOO_LONG, piece.typed[:40], str(MOST_PIECES))
    if piece.key in keys.CODES:
        found = [keys.codes_of(piece.key, value) for value in values]
        if None in found:
            return Problem(SearchProblem.UNKNOWN_VALUE, piece.typed, offered)
        values = [code for codes in found for code in codes or ()]
    elif piece.key in (SearchKey.BEFORE, SearchKey.AFTER):
        day = _day(values[0]) if len(values) == 1 else None
        if day is None:
            return Problem(SearchProblem.BAD_DATE, piece.typed, offered)
        values = [day]
    elif piece.key == SearchKey.REFERENCE:
        numbers = [_REFERENCE.fullmatch(f"HK-{value.upper().removeprefix('HK-')}") for value in values]
        if None in numbers:
            return Problem(SearchProblem.UNKNOWN_VALUE, piece.typed, offered)
        values = [number[1] for number in numbers if number]
    return Filter(piece.key, tuple(dict.fromkeys(values)), piece.is_excluded, piece.typed)


def _day(typed: str) -> str | None:
    """The day as ISO date, or `today` and `yesterday` as such; a month means its first day."""
    if typed.casefold() in _RELATIVE_DAYS:
        return _RELATIVE_DAYS[typed.casefold()]
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)).isoformat()
    except ValueError:
        return None


def _doubts(piece: _Piece) -> Iterator[Problem]:
    """Whether a word looks like a filter with a mistyped key."""
    before = _KEY.match(piece.text)
    if before is None or before.end() == len(piece.text):
        return
    similar = keys.similar_keys(before[1])
    tries = _LOOKS_LIKE_KEY.fullmatch(piece.text) and before[1].casefold() not in _ORDINARY
    if tries or (similar and not before[1].isascii()):
        offered = similar or [key.value for key in SearchKey if key != SearchKey.REFERENCE]
        yield Problem(SearchProblem.UNKNOWN_KEY, before[0], ", ".join(f"{each}:" for each in offered))
