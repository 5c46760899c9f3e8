"""For whom a version of a policy applies, and which version wins where several do."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The circumstances a policy is asked for, or made for; an empty part means any.

    The most particular version wins, and the parts stand in the order in which they decide: one for the urgency before
    one for the tier before one for the nature, and so on (RULINGS, Clocks).
    """

    urgency: str = ""
    tier: str = ""
    nature: str = ""
    channel: str = ""
    category: str = ""
    team_id: int | None = None

    @property
    def is_everywhere(self) -> bool:
        return self == EVERYWHERE

    @property
    def parts(self) -> tuple[str, ...]:
        """What is named, in the order in which it decides; nothing for everybody."""
        return tuple(str(part) for part in astuple(self) if part)

    def covers(self, circumstances: Scope) -> bool:
        """Whether a version made for this scope applies in the circumstances."""
        pairs = zip(astuple(self), astuple(circumstances), strict=True)
        return all(not made_for or made_for == asked_for for made_for, asked_for in pairs)

    @property
    def rank(self) -> tuple[bool, ...]:
        """Of two scopes that cover the same circumstances, the one with the higher rank is the more particular."""
        return tuple(bool(part) for part in astuple(self))


EVERYWHERE = Scope()
