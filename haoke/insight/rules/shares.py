"""A share with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from haoke.core.shares import FEWEST, wilson_interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % Wilson interval."""

    part: int
    n: int

    @property
    def share(self) -> float:
        return self.part / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.part, self.n)

    @property
    def is_too_few(self) -> bool:
        return self.n < FEWEST
