"""The registry of worklist kinds: each domain says in its own words what there is to do and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What to do, why now (a sentence with placeholders from the item's details), and the page where it is done.

    `url_name` takes the argument named by `url_argument` from the details, else the subject's id.
    """

    code: str
    label: Any
    reason: Any
    url_name: str
    icon: str = "circle-dot"
    url_argument: str = ""


REGISTRY: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Raises TypeError for a second kind of the same code."""
    if kind.code in REGISTRY:
        raise TypeError(f"Two worklist kinds are called {kind.code}.")
    REGISTRY[kind.code] = kind


class _Labels:
    """The labels in the shape of Django choices, so that facts can name a kind by its code."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [(kind.code, kind.label) for kind in REGISTRY.values()]


LABELS = _Labels()
