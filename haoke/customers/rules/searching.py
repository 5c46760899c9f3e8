"""By which words a customer is found, what a typed text asks for, and which answer stands first.

The search text of an archive is one line of words between spaces, all folded. PostgreSQL's trigrams find a piece of
three signs anywhere in it; shorter pieces are found where a word begins, and so every two neighbouring Chinese
characters of a name, and their initials, are written as a word of their own: 小明 and xm find 王小明.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from haoke.core.text.folding import fold
from haoke.core.text.phones import NotAMailAddress, NotAPhone, normalise_mail, normalise_phone
from haoke.core.text.pinyin import full_pinyin, initials, sort_key
from haoke.customers.choices import CustomerKind, MatchedOn
from haoke.customers.rules.contact_points import CALLED

LONGEST_SORT_KEY = 500
LONGEST_QUERY = 100
MOST_TERMS = 6
ANYWHERE_FROM = 3
EXACT_PHONE_FROM = 5

_CHINESE_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LOOKS_LIKE_PHONE = re.compile(r"\+?[\d\s().-]+")


@dataclass(frozen=True)
class Query:
    """A typed text, read: the pieces that must all occur, and what it may be exactly."""

    text: str
    terms: tuple[str, ...]
    number: str
    phone: str | None
    mail: str | None

    @property
    def patterns(self) -> tuple[str, ...]:
        """The pieces as they stand in a search text: long ones anywhere, short ones where a word begins."""
        return tuple(term if len(term) >= ANYWHERE_FROM else f" {term}" for term in self.terms)


def name_sort(name: str, kind: str) -> str:
    """By which text the name is sorted: pinyin, tone, character."""
    return sort_key(name, is_person=kind == CustomerKind.PERSON)[:LONGEST_SORT_KEY]


def search_text(number: str, name: str, kind: str, contact_points: Iterable[tuple[str, str, str]]) -> str:
    """Every word the customer is found by; contact points are (kind, value, normalised)."""
    is_person = kind == CustomerKind.PERSON
    folded = " ".join(fold(name).split())
    letters = initials(name, is_person=is_person)
    words = [fold(number), folded, full_pinyin(name, is_person=is_person), letters]
    words += [pair for run in _CHINESE_RUN.findall(folded) for pair in _pairs(run)] + _pairs(letters)
    for contact_kind, value, normalised in contact_points:
        words += _words_of_contact_point(contact_kind, value, normalised)
    return f" {' '.join(dict.fromkeys(word for word in words if word))} "


def read_query(text: str) -> Query:
    """What a person typed into the search box asks for."""
    folded = " ".join(fold(text.replace("\0", "")[:LONGEST_QUERY]).split())
    if _LOOKS_LIKE_PHONE.fullmatch(folded) and len(digits := _digits(folded)) >= ANYWHERE_FROM:
        return Query(folded, (_without_prefix(digits),), digits, _phone(folded), None)
    return Query(folded, tuple(folded.split()[:MOST_TERMS]), folded.upper(), None, _mail(folded))


def matched_on(query: Query, *, number: str, name: str) -> MatchedOn:
    """By what the customer was found, told from what may be shown to everybody."""
    if any(term in fold(number) for term in query.terms):
        return MatchedOn.NUMBER
    if all(term in fold(name) for term in query.terms):
        return MatchedOn.NAME
    readings = {read for is_person in (True, False) for read in _readings(name, is_person)}
    if all(any(term in reading for reading in readings) for term in query.terms):
        return MatchedOn.PINYIN
    if all(term.isdecimal() for term in query.terms):
        return MatchedOn.PHONE
    return MatchedOn.MAIL if query.mail or "@" in query.text else MatchedOn.CONTACT_POINT


def rank(query: Query, *, number: str, name: str, is_exact_contact: bool) -> tuple[int, int]:
    """The smaller, the further up: exact number, phone or mail; exact name; beginning of the name; anything else."""
    folded = " ".join(fold(name).split())
    if number == query.number or is_exact_contact:
        return 0, len(folded)
    if folded == query.text:
        return 1, len(folded)
    return (2 if folded.startswith(query.text) else 3), len(folded)


def _readings(name: str, is_person: bool) -> tuple[str, str]:
    return full_pinyin(name, is_person=is_person), initials(name, is_person=is_person)


def _pairs(signs: str) -> list[str]:
    """Every two neighbours, and the last sign, so that a single Chinese character is found as well."""
    return [signs[at : at + 2] for at in range(len(signs))]


def _words_of_contact_point(kind: str, value: str, normalised: str) -> list[str]:
    if kind in CALLED:
        # +861012345678 does not hold the 0 that people say in 010 1234 5678, so both are kept.
        return [_digits(normalised), _digits(value)]
    return [normalised, fold(value).replace(" ", "")]


def _without_prefix(digits: str) -> str:
    """The digits without the trunk or international zeros, which not every way of writing a number has."""
    for prefix in ("00", "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) >= ANYWHERE_FROM:
            return digits.removeprefix(prefix)
    return digits


def _phone(text: str) -> str | None:
    try:
        phone = normalise_phone(text).e164_or_digits
    except NotAPhone:
        return None
    return phone if len(phone) >= EXACT_PHONE_FROM else None


def _mail(text: str) -> str | None:
    try:
        return normalise_mail(text)
    except NotAMailAddress:
        return None


def _digits(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isdecimal())
