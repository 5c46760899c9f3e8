"""The registry of open work: each domain above says how much a colleague still holds and where it is given back.

Accounts cannot ask the domains above it, so they register here, as they do with the kinds of the worklist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class OpenWork:
    """Something a colleague may hold: how many of it, in which words, and the page that takes it back.

    `words` turns a number into what people read, "3 open conversations"; `url_name` takes the colleague's id.
    """

    code: str
    count: Callable[[int], int]
    words: Callable[[int], str]
    url_name: str


@dataclass(frozen=True)
class HeldWork:
    """What one colleague holds of one sort."""

    code: str
    count: int
    words: str
    url_name: str


REGISTRY: dict[str, OpenWork] = {}


def register(work: OpenWork) -> None:
    """Raises TypeError for a second sort of the same code."""
    if work.code in REGISTRY:
        raise TypeError(f"Two sorts of open work are called {work.code}.")
    REGISTRY[work.code] = work


def held_by(staff_id: int) -> list[HeldWork]:
    """Everything this colleague still holds, in words."""
    found = ((work, work.count(staff_id)) for work in REGISTRY.values())
    return [HeldWork(work.code, count, work.words(count), work.url_name) for work, count in found if count]
