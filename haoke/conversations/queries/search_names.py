"""Whom and what the names in a search mean: colleagues, teams, categories, tags, mailboxes and customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from haoke.accounts import queries as accounts
from haoke.channels import queries as channels
from haoke.conversations.choices import SearchKey, SearchProblem
from haoke.conversations.models import Category, Tag
from haoke.conversations.rules import Filter, Problem, SearchQuery, contradictions, parse_search
from haoke.conversations.rules.search_keys import ME, MINE, NONE, SPECIAL_NAMES
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.text.folding import fold
from haoke.customers import queries as customers

MOST_NAMED = 5

# What a name may mean: ids with the names to choose from.
Meaning = list[tuple[int, str]]


def read_search(text: str, actor: Actor) -> SearchQuery:
    """What a typed text asks for, with the names in it looked up; one query for each name, none for a text without."""
    return with_names(parse_search(text), actor)


def with_names(query: SearchQuery, actor: Actor) -> SearchQuery:
    """The query with `ids` in every filter that goes by names; names nobody has, or several have, become problems."""
    known: list[Filter] = []
    problems: list[Problem] = []
    for each in query.filters:
        if each.key not in _LOOK_UPS or each.ids is not None:
            known.append(each)
            continue
        ids: list[int | None] = []
        for value in each.values:
            meant = _meant(each, value, actor)
            if isinstance(meant, Problem):
                problems.append(meant)
            else:
                ids += meant
        known.append(replace(each, ids=tuple(dict.fromkeys(ids))))
    if not problems and known != list(query.filters):
        told = {problem.typed for problem in query.problems}
        problems = [problem for problem in contradictions(known) if problem.typed not in told]
    return replace(query, filters=tuple(known)).with_problems(problems)


def _meant(asked: Filter, value: str, actor: Actor) -> list[int | None] | Problem:
    special = SPECIAL_NAMES.get(fold(value))
    if special == NONE:
        return [None]
    if special == ME and asked.key == SearchKey.OWNER and actor.staff_id:
        return [actor.staff_id]
    if special == MINE and asked.key == SearchKey.TEAM and actor.team_ids:
        return [*sorted(actor.team_ids)]
    found = _LOOK_UPS[asked.key](value, actor)
    if not found:
        return Problem(SearchProblem.UNKNOWN_NAME, asked.typed)
    if asked.key == SearchKey.CUSTOMER:
        exact = [each for each in found if value in each[1].split(" ", 1)]
        found = exact if len(exact) == 1 else found
    if len(found) > 1:
        more = " …" if len(found) > MOST_NAMED else ""
        names = ", ".join(name for _id, name in found[:MOST_NAMED])
        return Problem(SearchProblem.AMBIGUOUS, asked.typed, f"{names}{more}")
    if asked.key == SearchKey.CUSTOMER:
        return list(customers.family_ids(found[0][0]))
    return [found[0][0]]


def _owner(text: str, actor: Actor) -> Meaning:
    return [(each.id, each.name) for each in accounts.staff_called(text)]


def _team(text: str, actor: Actor) -> Meaning:
    return [(each.pk, each.name) for each in accounts.teams_called(text)]


def _category(text: str, actor: Actor) -> Meaning:
    return _named(
        text, ((each.pk, each.name, (each.code, each.name_zh, each.name_en)) for each in Category.objects.all())
    )


def _tag(text: str, actor: Actor) -> Meaning:
    folded = fold(text).strip()
    exact = Tag.objects.filter(folded=folded).values_list("pk", "name")
    return list(exact) or list(Tag.objects.filter(folded__contains=folded).values_list("pk", "name")[: MOST_NAMED + 1])


def _channel(text: str, actor: Actor) -> Meaning:
    return [(each.pk, each.address) for each in channels.channels_called(text)]


def _customer(text: str, actor: Actor) -> Meaning:
    try:
        customer = customers.customer_by_number(text, actor)
    except NotFound:
        return [(each.id, f"{each.number} {each.name}") for each in customers.search(text, actor, MOST_NAMED + 1)]
    return [(customer.pk, customer.name)]


def _named(text: str, rows: Iterable[tuple[int, str, tuple[str, ...]]]) -> Meaning:
    """The rows one of whose names is the text, else those with a name that holds it."""
    wanted = fold(text).strip()
    known = [((pk, shown), [fold(name) for name in names]) for pk, shown, names in rows]
    exact = [row for row, names in known if wanted in names]
    return exact or [row for row, names in known if any(wanted in name for name in names)]


_LOOK_UPS: Mapping[str, Callable[[str, Actor], Meaning]] = {
    SearchKey.OWNER: _owner,
    SearchKey.TEAM: _team,
    SearchKey.CATEGORY: _category,
    SearchKey.TAG: _tag,
    SearchKey.CHANNEL: _channel,
    SearchKey.CUSTOMER: _customer,
}
