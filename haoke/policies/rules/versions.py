"""Whether a change of a policy may begin when somebody wants it to: the past is never rewritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from haoke.policies.errors import AlreadyInForce, ChangeAlreadyPlanned, ChangeInThePast, ReasonNeeded


def check_change(*, valid_from: datetime, reason: str, now: datetime, starts: Collection[datetime]) -> None:
    """A change begins now or later, at a moment of its own, with a reason.

    `starts` are the beginnings of the versions there are. Raises ChangeInThePast, ChangeAlreadyPlanned, ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if valid_from < now:
        raise ChangeInThePast(field="valid_from")
    if valid_from in starts:
        raise ChangeAlreadyPlanned(field="valid_from")


def check_withdrawal(*, valid_from: datetime, now: datetime) -> None:
    """Only what has not begun can be taken back. Raises AlreadyInForce."""
    if valid_from <= now:
        raise AlreadyInForce()
