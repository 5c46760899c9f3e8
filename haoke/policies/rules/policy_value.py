"""What every policy value has in common: named parts within sensible bounds, and words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from haoke.policies.errors import NumberOutOfBounds


@dataclass(frozen=True, kw_only=True)
class PolicyValue:
    """The parts of a policy; a subclass names them and the lowest and highest sensible value of each number.

    A part that is `optional` may also be None.
    """

    bounds: ClassVar[Mapping[str, tuple[int, int]]] = {}
    optional: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        for name, (lowest, highest) in self.bounds.items():
            number = getattr(self, name)
            if number is None and name in self.optional:
                continue
            if type(number) is not int or not lowest <= number <= highest:
                raise NumberOutOfBounds(field=name, lowest=lowest, highest=highest)

    @property
    def words(self) -> dict[str, Any]:
        """What the sentence of this policy is filled with."""
        return asdict(self)
