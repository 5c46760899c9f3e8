"""Who is given a conversation, and why: a choice that explains itself, for nobody as well as for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from haoke.accounts.choices import PresenceState
from haoke.conversations.choices import AssignmentReason, Obstacle, RoutingMethod

# What the machine gave out goes on to somebody else if nobody began it and its assignee stays away so long.
TAKEN_BACK_AFTER = timedelta(minutes=15)
# So many of a waiting backlog go to one colleague in one round, or the first to come in would get all of it.
MOST_IN_A_ROUND = 3

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """A colleague as the choice sees them; an empty `languages` means every one of the house."""

    staff_id: int
    is_in_team: bool = True
    presence: str = PresenceState.AVAILABLE
    is_absent: bool = False
    substitute_id: int | None = None
    skill_ids: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    load: int = 0
    capacity: int = 20
    last_given_at: datetime | None = None

    @property
    def share(self) -> float:
        """How much of their capacity is used."""
        return self.load / self.capacity if self.capacity else 1.0


@dataclass(frozen=True)
class Need:
    """What a conversation asks for, as far as its team's rule cares: owner, skill, language; or whom it lies with."""

    owner_id: int | None = None
    skill_id: int | None = None
    language: str = ""
    assignee_id: int | None = None


@dataclass(frozen=True)
class Choice:
    """Who gets it and why; for nobody, how many stood in the way for which reason."""

    staff_id: int | None = None
    reason: str = ""
    load: int = 0
    capacity: int = 0
    obstacles: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nobody_free(self) -> bool:
        """Whether no other conversation would find anybody either, whatever it needs."""
        return self.staff_id is None and not {Obstacle.SKILL, Obstacle.LANGUAGE} & set(self.obstacles)


def choose(candidates: Sequence[Candidate], need: Need, method: str, *, served: Iterable[int] = ()) -> Choice:
    """Picks the colleague who gets a conversation; `served` had enough of this round.

    First whoever stands in for the absent assignee, then the customer's owner, then whoever stands in for the owner:
    they are chosen for the person, so skill and language do not matter, but presence and capacity do. Then the team by
    its method: in turn (longest without a new one) or least load (smallest share of capacity; among equals in turn).
    """
    served = frozenset(served)
    known = {each.staff_id: each for each in candidates}
    for staff_id, reason in _called_for(known, need):
        person = known.get(staff_id or 0)
        if person is not None and staff_id != need.assignee_id and _obstacle(person, None, served) is None:
            return _chosen(person, reason)
    team = [each for each in candidates if each.is_in_team and each.staff_id != need.assignee_id]
    obstacles = {each.staff_id: _obstacle(each, need, served) for each in team}
    free = [each for each in team if obstacles[each.staff_id] is None]
    if method == RoutingMethod.ROUND_ROBIN and free:
        return _chosen(min(free, key=_turn), AssignmentReason.IN_TURN)
    if method == RoutingMethod.LEAST_LOAD and free:
        return _chosen(min(free, key=lambda each: (each.share, *_turn(each))), AssignmentReason.LEAST_LOAD)
    return Choice(obstacles=Counter(each for each in obstacles.values() if each is not None))


def may_move_on(
    *,
    has_left: bool,
    is_absent: bool,
    away_since: datetime | None,
    is_begun: bool,
    is_from_machine: bool,
    now: datetime,
) -> bool:
    """Whether the machine may give a conversation to somebody else than its assignee; `away_since` None: they are here.

    Begun work stays with whoever began it while they are merely away; an absence they entered, or their leaving, lets
    it go on. Work that the machine gave out and nobody began goes on after fifteen minutes without its assignee.
    """
    if has_left or is_absent:
        return True
    return is_from_machine and not is_begun and away_since is not None and now - away_since >= TAKEN_BACK_AFTER


def _called_for(known: Mapping[int, Candidate], need: Need) -> list[tuple[int | None, str]]:
    """Whom the conversation calls for by name, in order, with the reason that is told."""
    assignee, owner = known.get(need.assignee_id or 0), known.get(need.owner_id or 0)
    called: list[tuple[int | None, str]] = []
    if assignee is not None and assignee.is_absent:
        called.append((assignee.substitute_id, AssignmentReason.SUBSTITUTE))
    called.append((need.owner_id, AssignmentReason.OWNER))
    if owner is not None and owner.is_absent:
        called.append((owner.substitute_id, AssignmentReason.SUBSTITUTE))
    return called


def _obstacle(person: Candidate, need: Need | None, served: frozenset[int]) -> str | None:
    """The first thing that stands in the way, None where nothing does."""
    hurdles = (
        (Obstacle.ABSENT, person.is_absent),
        (Obstacle.AWAY, person.presence == PresenceState.AWAY),
        (Obstacle.BUSY, person.presence == PresenceState.BUSY),
        (Obstacle.FULL, person.load >= person.capacity),
        (Obstacle.SKILL, need is not None and need.skill_id is not None and need.skill_id not in person.skill_ids),
        (
            Obstacle.LANGUAGE,
            need is not None and bool(need.language and person.languages) and need.language not in person.languages,
        ),
        (Obstacle.SERVED, person.staff_id in served),
    )
    return next((obstacle for obstacle, stands in hurdles if stands), None)


def _chosen(person: Candidate, reason: str) -> Choice:
    return Choice(staff_id=person.staff_id, reason=reason, load=person.load, capacity=person.capacity)


def _turn(person: Candidate) -> tuple[datetime, int]:
    return person.last_given_at or _LONG_AGO, person.staff_id
