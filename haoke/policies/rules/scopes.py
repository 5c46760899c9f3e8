"""For whom a version of a policy applies, and which version wins where several do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The circumstances a policy is asked for, or made for; an empty part means any.

    The most particular version wins: one for the tier before one for the nature before one for the channel (RULINGS,
    Clocks). A dimension is added as a typed column when a policy first needs it.
    """

    tier: str = ""
    nature: str = ""
    channel: str = ""


EVERYWHERE = Scope()
