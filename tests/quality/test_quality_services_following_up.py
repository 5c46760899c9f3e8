"""A low score is on somebody's list within a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from haoke.accounts import services as accounts
from haoke.customers import services as archive
from haoke.quality.models import SurveyInvitation
from haoke.worklist import queries as worklist
from haoke.worklist import services as items
from haoke.worklist.models import Item

pytestmark = pytest.mark.django_db


def test_a_low_score_is_the_owners_task_within_a_minute(frozen, asked, account_manager, supervisor, run_jobs) -> None:
    """S0-39, S3-03: omission item and recovery task, at most a minute after the answer."""
    archive.give_owner(
        customer_id=asked.customer.pk, staff_id=account_manager.id, reason="Introduced by a friend", by=supervisor
    )
    answer = asked.answer(2)
    run_jobs()
    (todo,) = worklist.open_items(account_manager)
    assert (todo.kind, todo.customer_id) == ("low_score", asked.customer.pk)
    assert todo.url == reverse("conversations:conversation", args=[asked.conversation.pk])
    assert asked.conversation.reference in todo.reason
    assert "2" in todo.reason
    assert Item.objects.get().created_at - answer.answered_at <= timedelta(minutes=1)
    # Two working hours after Monday 10:00 with a break at noon.
    assert todo.due_at == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_without_an_owner_whoever_answered_calls(asked, agent, run_jobs) -> None:
    asked.answer(1)
    run_jobs()
    assert [each.kind for each in worklist.open_items(agent)] == ["low_score"]


def test_where_nobody_answered_the_team_calls(asked, supervisor, team, run_jobs) -> None:
    SurveyInvitation.objects.update(assignee=None)
    asked.answer(1)
    run_jobs()
    item = Item.objects.get()
    assert (item.assignee_id, item.team_id) == (None, team.pk)
    assert [each.kind for each in worklist.open_items(supervisor)] == ["low_score"]


def test_without_a_team_a_supervisor_calls(asked, supervisor, run_jobs) -> None:
    SurveyInvitation.objects.update(assignee=None, team=None)
    asked.answer(1)
    run_jobs()
    assert [each.is_mine for each in worklist.open_items(supervisor)] == [True]


@pytest.mark.parametrize("score", [3, 4, 5])
def test_other_scores_alarm_nobody(asked, score, run_jobs) -> None:
    asked.answer(score)
    run_jobs()
    assert not Item.objects.exists()


def test_a_score_that_sinks_later_alarms_too(asked, run_jobs) -> None:
    asked.answer(4)
    asked.answer(2)
    run_jobs()
    assert Item.objects.get().details["score"] == 2


def test_a_raised_score_leaves_the_task_to_a_person(asked, agent, run_jobs) -> None:
    asked.answer(1)
    run_jobs()
    asked.answer(5)
    run_jobs()
    (todo,) = worklist.open_items(agent)
    items.finish_item(item_id=todo.id, by=agent)
    assert worklist.open_items(agent) == []


def test_a_repeated_low_score_is_one_task(asked, agent, run_jobs) -> None:
    asked.answer(1)
    asked.answer(2)
    run_jobs()
    assert len(worklist.open_items(agent)) == 1


def test_a_colleague_who_left_gets_no_task(asked, agent, team, system, run_jobs) -> None:
    from haoke.accounts.models import Staff

    staff = Staff.objects.get(pk=agent.id)
    accounts.change_staff(
        staff_id=staff.pk,
        name=staff.name,
        email=staff.email,
        roles=staff.roles,
        team_ids=(team.pk,),
        is_active=False,
        version=staff.version,
        by=system,
    )
    asked.answer(1)
    run_jobs()
    assert Item.objects.get().assignee_id is None
