"""What of a message and its conversation is searched, and with which weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from haoke.core.text.lexemes import document

# Raise it with every change of what is written below or in core/text/lexemes.py: all messages are then indexed anew.
SCHEME = 1

SUBJECT, FILES, PEOPLE, TEXT = "A", "B", "C", ""

# So many characters of one message are searched; the rest of it stands in the conversation all the same.
LONGEST_TEXT = 60_000
LONGEST_QUOTE = 8_000

_WEEK_SECONDS = 7 * 86_400


@dataclass(frozen=True, kw_only=True)
class Searched:
    """Everything by which one message is found."""

    reference: str
    subjects: Sequence[str]
    people: Sequence[str]
    file_names: Sequence[str]
    text: str
    quoted_text: str
    at: datetime


def words_of(searched: Searched) -> str:
    """The message's `tsvector`, its most telling parts first: only the end of a very long text can fall away."""
    fields: list[tuple[str, str]] = [
        (searched.reference, SUBJECT),
        *((each, SUBJECT) for each in _once(searched.subjects)),
        *((each, PEOPLE) for each in _once(searched.people)),
        *((each, FILES) for each in searched.file_names),
        (searched.text[:LONGEST_TEXT], TEXT),
        (searched.quoted_text[:LONGEST_QUOTE], TEXT),
    ]
    return document(fields, marks=[week_mark(week_of(searched.at))])


def week_of(at: datetime) -> int:
    """The number of a moment's week, counted on and on."""
    return int(at.timestamp() // _WEEK_SECONDS)


def week_start(week: int) -> datetime:
    return datetime.fromtimestamp(week * _WEEK_SECONDS, UTC)


def week_mark(week: int) -> str:
    """The entry that says in which week a message was written, so that the index itself can look from the newest on.

    Its sign stands in no word that anybody could type.
    """
    return f"@{week}"


def _once(texts: Iterable[str]) -> Iterator[str]:
    return (each for each in dict.fromkeys(texts) if each)
