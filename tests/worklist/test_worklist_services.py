"""Worklists: one open item for one thing, on the right list, ticked off once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.core import clock
from haoke.core.errors import NotFound
from haoke.timeline.models import Entry
from haoke.worklist import kinds, queries, services
from haoke.worklist.errors import AlreadyOpen
from haoke.worklist.models import Item

pytestmark = pytest.mark.django_db


def add(**details):
    return services.add_item(
        **{"kind": "mail_undelivered", "subject_kind": "message", "subject_id": 1, "details": {"conversation_id": 7}}
        | details
    )


def test_asking_again_for_the_same_open_thing_changes_nothing(agent) -> None:
    assert add(assignee_id=agent.id).pk == add(assignee_id=agent.id).pk
    assert Item.objects.count() == 1


def test_a_finished_thing_may_come_again(agent) -> None:
    item = add(assignee_id=agent.id)
    services.finish_item(item_id=item.pk, by=agent)
    assert add(assignee_id=agent.id).pk != item.pk
    assert Entry.objects.filter(kind="worklist_item.finished").count() == 1


def test_ones_own_and_ones_teams_stand_in_order_of_due_time(agent, team, other_agent) -> None:
    now = clock.now()
    late = add(subject_id=1, assignee_id=agent.id, due_at=now + timedelta(hours=2))
    soon = add(subject_id=2, team_id=team.pk, due_at=now + timedelta(hours=1))
    add(subject_id=3, assignee_id=other_agent.id)
    todos = queries.open_items(agent)
    assert [todo.id for todo in todos] == [soon.pk, late.pk]
    assert [todo.is_mine for todo in todos] == [False, True]
    assert todos[0].url == "/inbox/7"
    assert queries.count_open(agent) == 2


def test_somebody_elses_item_is_not_found(agent, other_agent) -> None:
    item = add(assignee_id=agent.id)
    with pytest.raises(NotFound):
        services.finish_item(item_id=item.pk, by=other_agent)
    with pytest.raises(NotFound):
        services.finish_item(item_id=10**12, by=agent)


def test_finishing_twice_finds_nothing_the_second_time(agent) -> None:
    item = add(assignee_id=agent.id)
    services.finish_item(item_id=item.pk, by=agent)
    with pytest.raises(NotFound):
        services.finish_item(item_id=item.pk, by=agent)


def test_the_list_is_one_query(agent, django_assert_num_queries) -> None:
    for number in range(20):
        add(subject_id=number, assignee_id=agent.id)
    with django_assert_num_queries(1):
        queries.open_items(agent)


def test_a_tick_can_be_taken_back_unless_the_thing_came_up_again(agent, other_agent) -> None:
    item = add(assignee_id=agent.id)
    services.finish_item(item_id=item.pk, by=agent)
    with pytest.raises(NotFound):
        services.reopen_item(item_id=item.pk, by=other_agent)
    services.reopen_item(item_id=item.pk, by=agent)
    assert [todo.id for todo in queries.open_items(agent)] == [item.pk]
    services.finish_item(item_id=item.pk, by=agent)
    add(assignee_id=agent.id)
    with pytest.raises(AlreadyOpen):
        services.reopen_item(item_id=item.pk, by=agent)


def test_two_kinds_of_one_code_are_an_error() -> None:
    with pytest.raises(TypeError):
        kinds.register(kinds.REGISTRY["mail_undelivered"])
