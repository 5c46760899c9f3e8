"""Which state may follow which, and what a message does to the state: one table, tested from end to end."""

from __future__ import annotations

from haoke.conversations.choices import State
from haoke.conversations.errors import TransitionRefused

_AT_WORK = frozenset({State.OPEN, State.WAITING, State.ON_HOLD})

TRANSITIONS: dict[str, frozenset[str]] = {
    State.NEW: _AT_WORK | {State.SOLVED, State.CLOSED},
    State.OPEN: frozenset({State.WAITING, State.ON_HOLD, State.SOLVED, State.CLOSED}),
    State.WAITING: frozenset({State.OPEN, State.ON_HOLD, State.SOLVED, State.CLOSED}),
    State.ON_HOLD: frozenset({State.OPEN, State.WAITING, State.SOLVED, State.CLOSED}),
    State.SOLVED: frozenset({State.OPEN, State.CLOSED}),
    # Out of closed leads only reopening, which says why.
    State.CLOSED: frozenset({State.OPEN}),
}


def check_transition(old: str, new: str) -> None:
    """Raises TransitionRefused."""
    if new not in TRANSITIONS[old]:
        raise TransitionRefused(old=State(old).label, new=State(new).label)


def state_after_message(state: str, *, is_automatic: bool) -> str:
    """What a message from the customer does: it wakes everything but a new conversation.

    An automatic message (out of office, a robot) changes nothing, or two robots would keep each other awake.
    """
    if is_automatic or state == State.NEW:
        return state
    return State.OPEN


def state_after_reply(state: str, wanted: str) -> str:
    """What our reply does: the state the author chose, else new becomes open and everything else stays."""
    if wanted and wanted != state:
        check_transition(state, wanted)
        return wanted
    return State.OPEN if state == State.NEW else state
