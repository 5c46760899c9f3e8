"""Which reactions follow which fact: filled once from `haoke.wiring`, read by `record` and by the reaction job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Happened:
    """A recorded fact as a reaction sees it: ids in, one service call."""

    entry_id: int
    kind: str
    at: datetime
    subject_id: int | None
    customer_id: int | None
    payload: Mapping[str, Any] = field(default_factory=dict)


React = Callable[[Happened], None]

_reactions: dict[str, tuple[React, ...]] = {}


def wire(reactions: Mapping[str, Sequence[React]]) -> None:
    """Takes the whole wiring at once, in place of any earlier one."""
    _reactions.clear()
    _reactions.update({kind: tuple(each) for kind, each in reactions.items()})


def reactions_to(kind: str) -> tuple[React, ...]:
    return _reactions.get(kind, ())


def name_of(reaction: React) -> str:
    return f"{reaction.__module__}.{reaction.__name__}"
