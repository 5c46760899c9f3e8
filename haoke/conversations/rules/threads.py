"""Which conversation a mail belongs to, and whom we believe about it (HELPDESK 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Clues:
    """What a mail says about its conversation, the strongest first.

    `signed_id` comes from a Message-ID that carries our signature; `referenced_ids` are conversations holding a message
    that the mail refers to, the nearest reference first; `token_id` stands in the subject. `moved_id` holds the nearest
    message of all, where that was split off its first conversation.
    """

    signed_id: int | None = None
    moved_id: int | None = None
    referenced_ids: Sequence[int] = ()
    token_id: int | None = None


def conversation_of(clues: Clues, *, taking_part: frozenset[int]) -> int | None:
    """The conversation the mail belongs to, None for a new one.

    A signature proves that the sender received our mail. A reference or a token could have been guessed or quoted, so
    it counts only where the sender takes part already: `taking_part` holds the conversations that know the address.
    The signature names the conversation of the time; who answers what was split off since goes with it.
    """
    if clues.signed_id is not None:
        if clues.moved_id is not None and clues.moved_id in taking_part:
            return clues.moved_id
        return clues.signed_id
    for conversation_id in (*clues.referenced_ids, clues.token_id):
        if conversation_id is not None and conversation_id in taking_part:
            return conversation_id
    return None
