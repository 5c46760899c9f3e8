"""Who acts: built once at the edge (page, API, job, mail) and passed to every service and query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from haoke.core.errors import Forbidden

Kind = Literal["staff", "token", "customer", "bot", "system", "nobody"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or machine with its abilities; `id` is the key of its row, None where it has none."""

    kind: Kind
    id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    abilities: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    area_ids: frozenset[int] = frozenset()
    language: str = ""
    time_zone: str = ""
    theme: str = "auto"
    # What a colleague said about taking work ("" where they never said it), and when their page was last heard of.
    presence: str = ""
    seen_at: datetime | None = None
    # A token acts for a machine and belongs to no team, so it reaches every team its role reaches.
    reaches_all_teams: bool = False

    @classmethod
    def system(cls, name: str = "Haoke") -> Actor:
        """The house itself: jobs and start-up work, which may do everything."""
        return cls(kind="system", name=name, abilities=frozenset({"*"}), reaches_all_teams=True)

    @classmethod
    def nobody(cls) -> Actor:
        """A visitor who has not signed in."""
        return cls(kind="nobody")

    @classmethod
    def customer(cls, customer_id: int | None, name: str = "") -> Actor:
        """A customer speaking for themselves, through mail or a signed link."""
        return cls(kind="customer", id=customer_id, name=name)

    @property
    def is_signed_in(self) -> bool:
        return self.kind in ("staff", "token")

    @property
    def staff_id(self) -> int | None:
        return self.id if self.kind == "staff" else None

    def may(self, ability: str) -> bool:
        return ability in self.abilities or "*" in self.abilities

    def require(self, ability: str) -> None:
        """Raises Forbidden unless the actor has the ability."""
        if not self.may(ability):
            raise Forbidden(ability=ability)

    def require_staff(self) -> int:
        """The colleague's id. Raises Forbidden for everybody who is none: programs, customers, the house itself."""
        if self.staff_id is None:
            raise Forbidden()
        return self.staff_id
