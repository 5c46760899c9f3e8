"""Who is accountable for a conversation when it goes from hand to hand (首问负责, METHODS B14)."""

from __future__ import annotations

from enum import Enum

# Working time in which somebody accepts what was handed to them; then the giver and the supervisor hear of it.
ACCEPT_WITHIN_SECONDS = 60 * 60


class Consequence(Enum):
    """What an assignment means for accountability."""

    NOTHING = "nothing"
    # Whoever has it now is accountable for it, at once.
    BECOMES_ACCOUNTABLE = "becomes_accountable"
    # Whoever is accountable stays so until the other has accepted it and the customer was told.
    HANDS_OVER = "hands_over"
    # It is back with whoever was accountable all along.
    COMES_BACK = "comes_back"


def consequence_of_assignment(
    *, accountable_id: int | None, assignee_id: int | None, is_from_machine: bool, is_begun: bool
) -> Consequence:
    """What giving a conversation to `assignee_id` (None: to nobody in particular) means for whoever is accountable.

    The machine may pass on what nobody has begun, by answering or by handing it over; everything else is a handover,
    whoever decides it.
    """
    if accountable_id is None:
        return Consequence.BECOMES_ACCOUNTABLE if assignee_id is not None else Consequence.NOTHING
    if assignee_id == accountable_id:
        return Consequence.COMES_BACK
    if is_from_machine and not is_begun and assignee_id is not None:
        return Consequence.BECOMES_ACCOUNTABLE
    return Consequence.HANDS_OVER


def is_complete(*, is_accepted: bool, is_customer_told: bool) -> bool:
    """Whether the giver is free of it: the receiver accepted, and the customer knows."""
    return is_accepted and is_customer_told
