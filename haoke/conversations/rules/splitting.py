"""Which messages may become a conversation of their own: some, never all."""

from __future__ import annotations

from collections.abc import Collection

from haoke.conversations.errors import NothingChosen, NothingLeft


def check_split(chosen: Collection[int], present: Collection[int]) -> None:
    """`present` are all messages of the conversation. Raises NothingChosen, NothingLeft."""
    if not chosen or not set(chosen) <= set(present):
        raise NothingChosen(field="messages")
    if set(chosen) >= set(present):
        raise NothingLeft(field="messages")
