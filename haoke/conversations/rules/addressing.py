"""Decides whom an answer can go to besides whoever asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def everybody_else(named: Iterable[str], *, known: Collection[str]) -> list[str]:
    """The addresses a mail named, once each and in its order, without those who are known: us, and whom we answer."""
    left_out = {each.lower() for each in known}
    others = {each.lower(): each for each in reversed(list(named)) if each and each.lower() not in left_out}
    return list(reversed(others.values()))
