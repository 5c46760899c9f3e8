"""Decides which words a text is found by: the same for what is stored and for what is asked."""

from __future__ import annotations

from haoke.core.text.folding import fold


def segment(text: str) -> str:
    """The words of a text between spaces, ready for PostgreSQL's `simple` search configuration.

    Documents and queries must both pass through here: PostgreSQL itself knows no Chinese words, and a query that is
    lower-cased alone would miss `A0001234`. Long words come with the shorter ones inside them; signs are dropped.
    """
    # The dictionary is loaded on first use: importing this module stays cheap.
    from rjieba import cut_for_search

    return " ".join(word for word in cut_for_search(fold(text), True) if any(map(str.isalnum, word)))
