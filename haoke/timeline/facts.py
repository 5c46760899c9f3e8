"""What a fact is: a frozen value with a kind, a subject and its own sentence, and the one registry of all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from haoke.timeline.choices import Audience

REGISTRY: dict[str, type[Fact]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense.

    A subclass names its `kind`, the `subject` (the field that holds its key is `<subject>_id`), the `audience` and its
    `sentence`, a translatable text with named placeholders that are filled from the payload and from `by`, the actor's
    name. Payload fields are ids, codes and short values; never the body of a message. A fact that is a touch also sets
    `channel` and `direction` (on the class, or as fields where they vary).
    """

    kind: ClassVar[str] = ""
    subject: ClassVar[str] = ""
    audience: ClassVar[str] = Audience.STAFF
    sentence: ClassVar[Any] = ""
    channel: ClassVar[str] = ""
    direction: ClassVar[str] = ""
    icon: ClassVar[str] = "circle-dot"
    # Payload fields that hold a stored code, with the choices that name it to people.
    labels: ClassVar[Mapping[str, Any]] = {}

    customer_id: int | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not cls.kind:
            return
        if cls.kind in REGISTRY:
            raise TypeError(f"Two facts are called {cls.kind}: {REGISTRY[cls.kind].__name__} and {cls.__name__}.")
        REGISTRY[cls.kind] = cls

    @property
    def subject_id(self) -> int | None:
        return getattr(self, f"{self.subject}_id")

    @classmethod
    def sentence_for(cls, payload: Mapping[str, Any]) -> Any:
        """The sentence that fits; a fact that reads differently in some circumstances chooses here."""
        return cls.sentence

    def payload(self) -> dict[str, Any]:
        """The fields that belong to this fact alone, as they are stored."""
        return {
            name: value for name, value in asdict(self).items() if name not in ("customer_id", "channel", "direction")
        }


def sentence_of(kind: str, payload: Mapping[str, Any], *, by: str) -> str:
    """The fact's sentence in the active language; an unknown (older) kind is named, never hidden."""
    fact = REGISTRY.get(kind)
    if fact is None:
        return kind
    values = {name: _label(fact, name, value) for name, value in payload.items()}
    return str(fact.sentence_for(payload)) % _Lenient(values, by=by)


def _label(fact: type[Fact], name: str, value: Any) -> Any:
    choices = fact.labels.get(name)
    if choices is None or value in (None, ""):
        return "" if value is None else value
    return dict(choices.choices).get(value, value)


class _Lenient(dict):
    """Placeholders that an old payload does not have read as an ellipsis rather than break the page."""

    def __init__(self, values: Mapping[str, Any], *, by: str) -> None:
        super().__init__(values)
        self["by"] = by

    def __missing__(self, key: str) -> str:
        return "…"
