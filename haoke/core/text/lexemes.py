"""Decides under which lexemes a text is stored for full-text search.

Chinese is stored by its pairs of neighbouring characters: a word is then found wherever it stands, which no dictionary
achieves for words in the middle of others. Other scripts are stored by their words, English ones without their endings.
`terms` asks for the same lexemes; both sides pass through `fold`, so that width, case and script do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from haoke.core.text.folding import fold

# Positions end at 16,383 in PostgreSQL; beyond it phrases could not be told any more.
MOST_PLACES = 16_000
MOST_PLACES_OF_ONE = 255
LONGEST_LEXEME = 40
SHORTEST_STEMMED = 3
# Between two fields of one document, so that no phrase reaches from one into the other.
GAP = 8

# Chinese characters, and Japanese syllables among them.
HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
TOKEN = re.compile(f"(?P<han>[{HAN}]+)|[^\\W_{HAN}]+")
# Seven to fifteen digits with single gaps or signs between them.
PHONE = re.compile(r"(?<![0-9a-z])\+?\(?[0-9](?:[ ().-]{0,2}[0-9]){6,14}(?![0-9a-z])")
_FROM_CHINA = re.compile(r"(?:00)?86(1\d{10}|[2-9]\d{8,10}|10\d{8})")
# Nothing that may stand in an address stands before it: else a long run of such signs is read again from each of them.
MAIL = re.compile(r"(?<![a-z0-9_.+-])[a-z0-9][a-z0-9_.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PLURAL = re.compile(r"[a-z]{2,}[^aeiou](?P<ies>ies)|[a-z]*(?:ss|x|ch|sh)(?P<es>es)|[a-z]{2,}[^siu](?P<s>s)")
_PAST = re.compile(r"(?P<stem>[a-z]*[aeiouy][a-z]*)(?:ed|ing)")
_DOUBLED = re.compile(r"[a-z]+([bcdfghjkmnpqrtvwx])\1")


class Lexeme(NamedTuple):
    """One entry: where it begins and ends in the folded text, and its place among the others."""

    text: str
    start: int
    end: int
    place: int


def lexemes(folded: str) -> Iterator[Lexeme]:
    """The lexemes of a folded text in order; phone numbers and mail addresses are there whole and by their parts."""
    place = 0
    phones = {found.start(): found for found in PHONE.finditer(folded)}
    mails = {found.start(): found for found in MAIL.finditer(folded)}
    for token in TOKEN.finditer(folded):
        start, text = token.start(), token[0]
        # A number may begin with a plus and a bracket.
        phone = next((phones.pop(at) for at in (start, start - 1, start - 2) if at in phones), None)
        if phone is not None and (number := national(phone[0])) != text:
            yield Lexeme(number, start, phone.end(), place)
        if (mail := mails.get(start)) is not None:
            yield Lexeme(mail[0][:LONGEST_LEXEME], start, mail.end(), place)
        if token["han"]:
            # The last character stands alone, so that a search for a single one finds every one by its beginning.
            for at in range(len(text)):
                yield Lexeme(text[at : at + 2], start + at, start + min(at + 2, len(text)), place + at)
            place += len(text)
        else:
            yield Lexeme(stem(text), start, token.end(), place)
            place += 1


def stem(word: str) -> str:
    """An English word without plural, past and progressive endings, at most as long as an entry.

    The first step of M. F. Porter, An algorithm for suffix stripping (1980), which keeps apart what later steps would
    throw together; words of other languages rarely have these endings, and lose them on both sides alike.
    """
    if word.isascii() and word.isalpha() and len(word) > SHORTEST_STEMMED:
        if plural := _PLURAL.fullmatch(word):
            word = f"{word[:-3]}y" if plural["ies"] else word.removesuffix(plural["es"] or "s")
        if word.endswith("ied"):
            word = f"{word[:-3]}y"
        elif (past := _PAST.fullmatch(word)) and len(past["stem"]) >= SHORTEST_STEMMED:
            word = past["stem"][:-1] if _DOUBLED.fullmatch(past["stem"]) else past["stem"]
        # Charging is charg, so charge is as well.
        word = word.removesuffix("e") if len(word) > SHORTEST_STEMMED else word
    return word[:LONGEST_LEXEME]


def national(number: str) -> str:
    """The digits of a phone number as one dials it at home: +86 138 0013 8000 and 13800138000 are one."""
    digits = "".join(sign for sign in number if sign.isdecimal())
    abroad = _FROM_CHINA.fullmatch(digits)
    if abroad is None:
        return digits
    is_mobile = len(abroad[1]) == 11 and abroad[1].startswith("1")
    return abroad[1] if is_mobile else f"0{abroad[1]}"


def document(fields: Iterable[tuple[str, str]], marks: Iterable[str] = ()) -> str:
    """The `tsvector` of fields (text, weight) as PostgreSQL reads it; of too long a text the end is left out.

    `marks` are entries without a place, such as no typed text asks for.
    """
    places: dict[str, list[str]] = {mark: [] for mark in marks}
    offset = 1
    for text, weight in fields:
        last = offset
        for lexeme in lexemes(fold(text)):
            last = offset + lexeme.place
            if last > MOST_PLACES:
                break
            found = places.setdefault(lexeme.text, [])
            if len(found) < MOST_PLACES_OF_ONE:
                found.append(f"{last}{weight}")
        offset = last + GAP
    return " ".join(quoted(text) + (f":{','.join(found)}" if found else "") for text, found in places.items())


def quoted(lexeme: str) -> str:
    """The lexeme as it stands in the text of a `tsvector` or `tsquery`."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
