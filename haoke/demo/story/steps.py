"""What can happen in a conversation of the story; staff are named by their keys in `story.company`."""

from __future__ import annotations

from dataclasses import dataclass, field

from haoke.demo.rules import Upload
from haoke.demo.story.moments import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes(Step):
    """The customer writes: first of all, or in answer to our last mail."""

    text: str
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillsIn(Step):
    """The customer writes by the web form of our site."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins(Step):
    """We write first."""

    by: str
    text: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigns(Step):
    """Somebody says who looks after it: a handover, where a colleague is accountable for it already."""

    by: str
    to: str
    team: str = "care"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorts(Step):
    """Somebody chooses category and, where it matters, urgency."""

    by: str
    category: str
    urgency: str = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags(Step):
    by: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows(Step):
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozes(Step):
    by: str
    until: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Merges(Step):
    """Somebody sees that it is about the same; `into` is the subject of the conversation that goes on."""

    by: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(Step):
    by: str
    text: str
    minutes: int
    state: str = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes(Step):
    """A note of our own; whoever is called in it by @name hears of it."""

    by: str
    text: str
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls(Step):
    by: str
    text: str
    minutes: int
    direction: str = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes(Step):
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates(Step):
    """The customer follows the link in our survey mail."""

    score: int
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesks(Step):
    """Colleagues at their open pages say whether they take work; without another word it holds for ten minutes."""

    available: tuple[str, ...]
    busy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation from its first mail on; `mail` is the customer's address."""

    mail: str
    writer: str
    subject: str
    steps: list[Step] = field(default_factory=list)
