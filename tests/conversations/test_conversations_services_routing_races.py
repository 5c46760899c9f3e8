"""Nothing is given to two, nobody gets more than they take: ten thousand tries at once, on real connections."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connections

from haoke.accounts import services as staff
from haoke.accounts.choices import PresenceState, Role
from haoke.accounts.errors import HoldsOpenWork
from haoke.accounts.models import Staff
from haoke.accounts.queries import is_active_staff, teams_of
from haoke.conversations import errors, queries, services
from haoke.conversations.models import Assignment, Category, Conversation
from haoke.core import clock

pytestmark = pytest.mark.django_db(transaction=True)

# As many at once as the house has connections; each tries every conversation, over and over: ten thousand tries.
WORKERS, ROUNDS, CONVERSATIONS = 10, 4, 250


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Runs all at the same moment, each on a connection of its own; returns what each gave or raised."""
    acts = list(acts)
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(500)
    return results


@pytest.fixture
def backlog(team) -> Callable[[int], list[int]]:
    def write(many: int) -> list[int]:
        now, category = clock.now(), Category.objects.get(code="general")
        rows = [
            Conversation(team_id=team.pk, category=category, subject=str(number), opened_at=now, last_message_at=now)
            for number in range(many)
        ]
        return [each.pk for each in Conversation.objects.bulk_create(rows)]

    return write


@pytest.fixture
def colleagues(create_actor, team, system) -> Callable[..., list]:
    """So many of the team, all there, each taking so many."""

    def come(many: int, capacity: int) -> list:
        actors = [create_actor(Role.AGENT, team_ids=(team.pk,)) for _ in range(many)]
        for actor in actors:
            staff.set_presence(state=PresenceState.AVAILABLE, by=actor)
        services.change_routing(
            team_id=team.pk,
            version=0,
            method="least_load",
            is_owner_first=False,
            matches_skill=False,
            matches_language=False,
            capacity=capacity,
            by=system,
        )
        return actors

    return come


def test_ten_thousand_races_give_each_conversation_to_one_and_nobody_too_many(backlog, colleagues) -> None:
    """Issue 3: no double assignment in 10,000 races; ten workers, each trying four times to give out all 250."""
    team, ids = colleagues(7, capacity=35), backlog(CONVERSATIONS)

    tried = at_once([lambda: [services.route(each) for each in ids * ROUNDS]] * WORKERS)

    assert not [each for each in tried if isinstance(each, Exception)]
    assert sum(len(each) for each in tried) == WORKERS * ROUNDS * CONVERSATIONS == 10_000
    won = Counter(choice.staff_id for each in tried for choice in each if choice is not None and choice.staff_id)
    # Five more than the seven can take: those wait, whoever tries however often.
    assert won == {actor.id: 35 for actor in team}
    assert Assignment.objects.count() == Assignment.objects.values("conversation").distinct().count() == 7 * 35
    assert Counter(Conversation.objects.exclude(assignee=None).values_list("assignee_id", flat=True)) == won


def test_everybody_who_asks_for_the_next_one_at_once_gets_another(backlog, colleagues) -> None:
    team, ids = colleagues(20, capacity=1), backlog(45)

    taken = at_once([lambda actor=actor: _ids(actor, 3) for actor in team])

    given = [each for result in taken for each in result if each is not None]
    assert len(given) == len(set(given)) == 45
    assert set(given) == set(ids)
    assert Assignment.objects.count() == 45


def _ids(actor, many: int) -> list[int | None]:
    taken = [services.next_conversation(by=actor) for _ in range(many)]
    return [each and each.pk for each in taken]


def test_the_machine_and_people_who_grab_at_once_never_both_win(backlog, colleagues, system) -> None:
    team, ids = colleagues(5, capacity=40), backlog(60)

    def machine() -> None:
        for each in ids:
            services.route(each)

    at_once([machine, machine, *[lambda actor=actor: _ids(actor, 4) for actor in team]])

    counts = Counter(Assignment.objects.values_list("conversation_id", flat=True))
    assert set(counts) == set(ids)
    assert set(counts.values()) == {1}


def test_two_who_assign_the_version_they_saw_do_not_both_win(backlog, colleagues) -> None:
    team, (conversation_id,) = colleagues(8, capacity=9), backlog(1)
    team_id = Conversation.objects.get().team_id

    done = at_once(
        [
            lambda actor=actor: services.assign(
                conversation_id=conversation_id, assignee_id=actor.id, team_id=team_id, version=1, by=actor
            )
            for actor in team
        ]
    )

    assert sorted(Counter(type(each) for each in done).values()) == [1, 7]
    assert {type(each) for each in done} == {Conversation, errors.VersionConflict}


def test_whoever_leaves_while_work_is_given_out_leaves_with_empty_hands(backlog, colleagues, admin) -> None:
    """Either the work came first and leaving is refused, or they left first and nothing reaches them."""
    (leaver, *_others), ids = colleagues(2, capacity=50), backlog(40)
    known = Staff.objects.get(pk=leaver.id)

    def leave() -> Any:
        return staff.change_staff(
            staff_id=known.pk,
            version=known.version,
            name=known.name,
            email=known.email,
            roles=known.roles,
            team_ids=teams_of(known.pk),
            is_active=False,
            by=admin,
        )

    results = at_once([lambda: [services.route(each) for each in ids], leave])

    assert isinstance(results[1], Staff | HoldsOpenWork)
    assert is_active_staff(leaver.id) or queries.open_conversations_of(leaver.id) == 0
