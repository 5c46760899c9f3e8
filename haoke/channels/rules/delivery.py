"""Decide where a mail of ours stands after one attempt to hand it to the outgoing server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from haoke.channels.choices import OutboundState

# With the pauses of the queue (2, 8, 32 … seconds, at most an hour) this keeps trying for about ten hours.
MOST_TRIES = 16


class Refused(TypedDict):
    """What was said about one address; a final word is not asked for again."""

    code: int
    text: str
    is_final: bool


Refusals = Mapping[str, Refused]


@dataclass(frozen=True, slots=True)
class HandOver:
    """One attempt: which addresses the server took the mail for, which it refused, and what stopped the rest.

    `is_unknown` means that the line was lost after the mail had begun to leave: the server may have taken it or not.
    """

    taken: tuple[str, ...] = ()
    refusals: Refusals = field(default_factory=dict)
    is_unknown: bool = False
    cause: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the mail stands now."""

    state: str
    delivered: tuple[str, ...]
    refusals: Refusals


def standing_after(
    attempt: HandOver, *, addresses: Sequence[str], delivered: Sequence[str], refusals: Refusals, is_last_try: bool
) -> Standing:
    """Where a mail stands after an attempt, given what earlier ones achieved.

    Every address ends delivered or refused for good; as long as one is open and tries are left, the mail stays queued.
    An address that waited in vain counts as refused once another one has the mail.
    """
    now_delivered = tuple(dict.fromkeys((*delivered, *attempt.taken)))
    now_refused = {
        address: said for address, said in {**refusals, **attempt.refusals}.items() if address not in attempt.taken
    }
    if attempt.is_unknown:
        return Standing(OutboundState.UNCERTAIN, now_delivered, now_refused)
    waiting = [
        address
        for address in addresses
        if address not in now_delivered and not (address in now_refused and now_refused[address]["is_final"])
    ]
    if waiting and not is_last_try:
        return Standing(OutboundState.QUEUED, now_delivered, now_refused)
    if not now_delivered:
        return Standing(OutboundState.FAILED if waiting else OutboundState.REFUSED, (), now_refused)
    for address in waiting:
        said = now_refused.get(address) or Refused(code=0, text=attempt.failure, is_final=True)
        now_refused[address] = {**said, "is_final": True}
    return Standing(OutboundState.SENT, now_delivered, now_refused)
