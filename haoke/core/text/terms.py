"""Decides which lexemes a typed word or phrase asks for, and where a text answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from haoke.core.text.folding import fold
from haoke.core.text.lexemes import HAN, LONGEST_LEXEME, MAIL, PHONE, TOKEN, Lexeme, lexemes, national, quoted, stem
from haoke.core.text.segmentation import cut_words

# A run of so few Chinese characters is one word or a name, which no dictionary may cut.
LONGEST_WHOLE = 3
# So long, numbers also mean what begins with them: A0012 finds A0012345.
OPEN_DIGITS_FROM, OPEN_MIXED_FROM = 5, 3
OPEN_TYPED_FROM = 2

_ONE_HAN = re.compile(f"[{HAN}]")
# Characters that join words in nearly every sentence (particles, pronouns, prepositions, auxiliaries).
_JOINING = frozenset(
    "的地得了着过在是我你您他她它们就都也还和与及或给把被到说要去来请吧吗呢啊不没有这那个很会能想为从对将让向之其"
)


@dataclass(frozen=True)
class Wanted:
    """One lexeme asked for, `offset` places after the beginning of its phrase; an open one may go on."""

    text: str
    is_open: bool = False
    offset: int = 0

    def is_met_by(self, lexeme: str) -> bool:
        return lexeme.startswith(self.text) if self.is_open else lexeme == self.text

    def span_in(self, lexeme: Lexeme) -> tuple[int, int]:
        """What of a lexeme that meets it was meant: of a pair only the one character, of a number all of it."""
        return lexeme.start, lexeme.start + 1 if _is_one_han(self.text) else lexeme.end

    def tsquery(self, weights: str) -> str:
        suffix = f"{'*' if self.is_open else ''}{weights}"
        return quoted(self.text) + (f":{suffix}" if suffix else "")


@dataclass(frozen=True)
class Words:
    """Lexemes that must all occur, wherever; `number` is the phone number that all of them together may be."""

    wanted: tuple[Wanted, ...]
    number: Wanted | None = None

    def tsquery(self, weights: str = "") -> str:
        """The condition for PostgreSQL; empty where nothing is asked for."""
        every = " & ".join(each.tsquery(weights) for each in self.wanted)
        return f"({self.number.tsquery(weights)} | ({every}))" if self.number else every

    def places_in(self, found: Sequence[Lexeme]) -> Iterator[tuple[int, int]]:
        """Where the folded text of these lexemes answers: beginnings and ends."""
        wanted = (*self.wanted, self.number) if self.number else self.wanted
        for lexeme in found:
            yield from (each.span_in(lexeme) for each in wanted if each.is_met_by(lexeme.text))


@dataclass(frozen=True)
class Phrase:
    """Lexemes that must stand side by side in this order."""

    wanted: tuple[Wanted, ...]

    def tsquery(self, weights: str = "") -> str:
        """The condition for PostgreSQL; empty where nothing is asked for."""
        query, before = "", 0
        for each in self.wanted:
            query += (f" <{each.offset - before}> " if query else "") + each.tsquery(weights)
            before = each.offset
        return query

    def places_in(self, found: Sequence[Lexeme]) -> Iterator[tuple[int, int]]:
        """Where the folded text of these lexemes answers: beginnings and ends."""
        by_place: dict[int, list[Lexeme]] = {}
        for lexeme in found:
            by_place.setdefault(lexeme.place, []).append(lexeme)
        for begin in by_place:
            met = [_span(each, by_place.get(begin + each.offset, ())) for each in self.wanted]
            spans = [span for span in met if span is not None]
            if spans and len(spans) == len(met):
                yield spans[0][0], max(end for _start, end in spans)


def words_of(text: str) -> Words:
    """What a typed word asks for. A star at its end leaves it open: refun* finds refund."""
    folded = fold(text).strip()
    if MAIL.fullmatch(folded):
        return Words((Wanted(folded[:LONGEST_LEXEME], is_open=True),))
    wanted = list(dict.fromkeys(_asked(folded)))
    if folded.endswith("*") and wanted and not _ONE_HAN.match(wanted[-1].text):
        wanted[-1] = Wanted(wanted[-1].text, is_open=len(wanted[-1].text) >= OPEN_TYPED_FROM)
    phone = PHONE.fullmatch(folded) if len(wanted) > 1 else None
    return Words(tuple(wanted), Wanted(national(phone[0]), is_open=True) if phone else None)


def phrase_of(text: str) -> Phrase:
    """What words between quotes ask for: exactly these, side by side."""
    wanted: list[Wanted] = []
    covered = -1
    for lexeme in lexemes(fold(text)):
        # The pair before it holds the last character of a run; a whole number stands for its groups.
        if lexeme.end > covered:
            wanted.append(Wanted(lexeme.text, _is_one_han(lexeme.text), lexeme.place))
        covered = max(covered, lexeme.end)
    return Phrase(tuple(wanted))


def _asked(folded: str) -> Iterator[Wanted]:
    for token in TOKEN.finditer(folded):
        if token["han"]:
            for pair in _pairs_of_words(token[0]):
                yield Wanted(pair, is_open=len(pair) == 1)
        else:
            yield Wanted(stem(token[0]), is_open=_is_number(token[0]))


def _pairs_of_words(run: str) -> Iterator[str]:
    """The pairs of the words of a run of Chinese characters.

    A single character that means something is asked for with its neighbour; one that only joins words is left out, and
    so 申请了退款 finds 申请…退款 as well.
    """
    if len(run) <= LONGEST_WHOLE:
        yield from _pairs(run)
        return
    for at, word in cut_words(run):
        if len(word) > 1:
            yield from _pairs(word)
        elif word not in _JOINING:
            yield run[at : at + 2] if at + 1 < len(run) else run[at - 1 : at + 1]


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(max(len(run) - 1, 1)))


def _is_number(word: str) -> bool:
    """Whether it is a number, of an order perhaps, long enough to be asked for by its beginning."""
    if word.isdecimal():
        return len(word) >= OPEN_DIGITS_FROM
    return len(word) >= OPEN_MIXED_FROM and any(map(str.isdecimal, word))


def _is_one_han(text: str) -> bool:
    return len(text) == 1 and _ONE_HAN.match(text) is not None


def _span(wanted: Wanted, found: Sequence[Lexeme]) -> tuple[int, int] | None:
    return next((wanted.span_in(each) for each in found if wanted.is_met_by(each.text)), None)
