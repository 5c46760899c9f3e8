"""Teams and areas: the places colleagues work in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from haoke.accounts.models import Area, Team
from haoke.core.errors import NotFound


def teams() -> list[Team]:
    return list(Team.objects.all())


def teams_with_members() -> list[Team]:
    """Every team; `members.all()` holds everybody who ever belonged to it, without another query."""
    return list(Team.objects.prefetch_related("members"))


def team(team_id: int) -> Team:
    """Raises NotFound."""
    found = Team.objects.filter(pk=team_id).first()
    if found is None:
        raise NotFound()
    return found


def team_names(team_ids: Iterable[int | None]) -> dict[int, str]:
    return dict(Team.objects.filter(pk__in={each for each in team_ids if each}).values_list("pk", "name"))


def areas() -> list[Area]:
    return list(Area.objects.select_related("parent"))


def area_tree() -> list[tuple[int, Area]]:
    """Every area after the one it belongs to, with its depth."""
    below: dict[int | None, list[Area]] = defaultdict(list)
    for area in Area.objects.all():
        below[area.parent_id].append(area)

    def walk(parent_id: int | None, depth: int) -> Iterator[tuple[int, Area]]:
        for area in below[parent_id]:
            yield depth, area
            yield from walk(area.pk, depth + 1)

    return list(walk(None, 0))
