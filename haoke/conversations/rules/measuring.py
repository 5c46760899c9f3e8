"""What counts as a response, as a solution and as whose work, read out of the story of a conversation (S0-07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from haoke.conversations.rules.clocks import FINISHED


@dataclass(frozen=True, slots=True)
class Word:
    """Something said between the customer and us; `staff_id` is who of us said it, None for a program."""

    at: datetime
    is_ours: bool
    kind: str
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the state; closing and reopening are such changes too."""

    at: datetime
    new: str
    is_reopening: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """When a conversation was finished first and last (None while it is open), and how often it was reopened."""

    first_at: datetime | None = None
    last_at: datetime | None = None
    reopenings: int = 0


@dataclass(frozen=True, slots=True)
class Possession:
    """With whom a conversation was from a moment on."""

    at: datetime
    staff_id: int | None
    team_id: int | None


def first_response(words: Sequence[Word]) -> Word | None:
    """Our first word, if the customer spoke before it: whoever begins a conversation responds to nobody.

    Acknowledgements, notes and bots are no words of ours (RULINGS, Clocks). Words come in their order.
    """
    for place, word in enumerate(words):
        if word.is_ours:
            return word if place else None
    return None


def solution(turns: Iterable[Turn]) -> Solution:
    """Solved and then closed is finished once, when it was solved. Turns come in their order."""
    first_at = last_at = None
    reopenings = 0
    for turn in turns:
        reopenings += turn.is_reopening
        if turn.new not in FINISHED:
            last_at = None
        elif last_at is None:
            last_at = turn.at
            first_at = first_at or turn.at
    return Solution(first_at, last_at, reopenings)


def possession_at(moment: datetime | None, possessions: Sequence[Possession]) -> Possession | None:
    """With whom it was at a moment (now: None); None where it had been given to nobody by then."""
    given = [each for each in possessions if moment is None or each.at <= moment]
    return given[-1] if given else None
