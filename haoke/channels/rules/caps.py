"""Decide whether one more automatic mail may go out, so that two machines never keep talking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_UNANSWERABLE = frozenset(
    (
        "mailer-daemon",
        "mailerdaemon",
        "postmaster",
        "abuse",
        "root",
        "noreply",
        "no-reply",
        "no_reply",
        "donotreply",
        "do-not-reply",
    )
)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `limit` mails within any `period`."""

    limit: int
    period: timedelta


def _caps(*pairs: tuple[int, int]) -> tuple[Cap, ...]:
    return tuple(Cap(limit, timedelta(minutes=minutes)) for limit, minutes in pairs)


# The figures of HELPDESK 2.3: what holds whatever the policy in force allows besides.
CONVERSATION_CAPS = _caps((10, 10), (15, 30), (25, 60), (50, 180), (100, 600))
RECIPIENT_CAPS = _caps((30, 10), (60, 30), (120, 60), (240, 180), (360, 600))
ANSWER_CAPS = _caps((10, 180))
LONGEST_CAP = max(cap.period for cap in (*CONVERSATION_CAPS, *RECIPIENT_CAPS, *ANSWER_CAPS))


class AutomaticCapReached(ValueError):
    """One more automatic mail would exceed a cap; `cap` says which."""

    def __init__(self, cap: Cap) -> None:
        super().__init__(f"{cap.limit} automatic mails within {cap.period} are the limit")
        self.cap = cap


def check_automatic_cap(sent_at: Sequence[datetime], now: datetime, caps: Sequence[Cap]) -> None:
    """Refuse one more automatic mail if it would be one too many in any period ending now.

    Raises: AutomaticCapReached.
    """
    for cap in caps:
        if sum(now - cap.period < moment <= now for moment in sent_at) >= cap.limit:
            raise AutomaticCapReached(cap)


def may_write_automatically(address: str, own_addresses: Collection[str]) -> bool:
    """Say whether a machine may write to an address: never to ourselves, nor to one that only machines read."""
    lowered = address.strip().lower()
    local_part = lowered.rpartition("@")[0].partition("+")[0]
    return (
        bool(local_part) and local_part not in _UNANSWERABLE and lowered not in {own.lower() for own in own_addresses}
    )
