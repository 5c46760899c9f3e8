"""Whether a colleague takes work now, from what they said and when their page was last heard of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from haoke.accounts.choices import ABILITIES_OF, PresenceState

# Long enough to read a letter or fetch a file, short enough that no customer waits for somebody who went home.
SIGN_OF_LIFE_LASTS = timedelta(minutes=10)
# Noting every click would cost a write each; a minute is as exact as anybody needs.
NOTED_EVERY = timedelta(minutes=1)


def may_answer(roles: Iterable[str]) -> bool:
    """Whether one of these roles answers customers; only such colleagues are given work."""
    return any("conversations.answer" in ABILITIES_OF[role] for role in roles)


def presence_now(said: str | None, seen_at: datetime | None, *, now: datetime) -> str:
    """What counts for giving out work: what they said, but away without a sign of life for ten minutes."""
    if said is None or seen_at is None or now - seen_at >= SIGN_OF_LIFE_LASTS:
        return PresenceState.AWAY
    return said


def is_worth_noting(seen_at: datetime | None, *, now: datetime) -> bool:
    """Whether another sign of life is written down: at most one a minute."""
    return seen_at is None or now - seen_at >= NOTED_EVERY
