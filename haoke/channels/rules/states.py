"""Decide how the state of a mail may move: the whole table, for mails that arrive and for mails of ours."""

from collections.abc import Sequence

from haoke.channels.choices import Cause, InboundState, OutboundState

INBOUND_MOVES: dict[str, frozenset[str]] = {
    InboundState.STORED: frozenset({InboundState.PROCESSED, InboundState.FAILED, InboundState.IGNORED}),
    InboundState.FAILED: frozenset({InboundState.STORED}),
    InboundState.IGNORED: frozenset({InboundState.STORED}),
    InboundState.PROCESSED: frozenset(),
}
OUTBOUND_MOVES: dict[str, frozenset[str]] = {
    OutboundState.QUEUED: frozenset(
        {
            OutboundState.SENDING,
            OutboundState.REFUSED,
            OutboundState.FAILED,
            OutboundState.SENT,
            OutboundState.RECALLED,
        }
    ),
    OutboundState.SENDING: frozenset(
        {
            OutboundState.SENT,
            OutboundState.QUEUED,
            OutboundState.REFUSED,
            OutboundState.FAILED,
            OutboundState.UNCERTAIN,
        }
    ),
    # A slow answer of the server, a bounce or a person may still tell what happened.
    OutboundState.UNCERTAIN: frozenset(
        {OutboundState.SENT, OutboundState.QUEUED, OutboundState.REFUSED, OutboundState.FAILED}
    ),
    OutboundState.FAILED: frozenset({OutboundState.QUEUED}),
    OutboundState.REFUSED: frozenset({OutboundState.QUEUED}),
    # A bounce takes back what the outgoing server had promised.
    OutboundState.SENT: frozenset({OutboundState.REFUSED}),
    # Its author took it back before a byte had left; it is written anew, not sent again.
    OutboundState.RECALLED: frozenset(),
}
# Held back so that machines do not write to machines: no button undoes that.
HELD_FOR_GOOD = frozenset({Cause.ROBOT_ADDRESS, Cause.OWN_ADDRESS})


def may_run_again(state: str) -> bool:
    """Whether a person may have an arrived mail read once more."""
    return InboundState.STORED in INBOUND_MOVES[state]


def may_recall(state: str, *, had_window: bool, delivered: Sequence[str]) -> bool:
    """Whether a mail of ours can still be taken back: it was given time for that, and nothing of it has left."""
    return had_window and not delivered and OutboundState.RECALLED in OUTBOUND_MOVES[state]


def may_try_again(state: str, cause: str) -> bool:
    """Whether a person may have a mail of ours sent once more; about an uncertain one they decide instead."""
    return state in (OutboundState.FAILED, OutboundState.REFUSED) and cause not in HELD_FOR_GOOD
