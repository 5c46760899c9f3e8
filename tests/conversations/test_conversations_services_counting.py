"""The kept counts of the inbox: what the database notes is the truth, whatever happens."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from haoke.conversations import queries, services
from haoke.conversations.choices import ClockState, InboxView, State
from haoke.conversations.models import Conversation, InboxCount
from haoke.core import clock
from haoke.customers.services import register_customer
from tests.conversations.stored import stored, unsaved

pytestmark = pytest.mark.django_db


def kept() -> dict[tuple, int]:
    """The sum of each sort, without those of which there are none."""
    sums: dict[tuple, int] = {}
    for *sort, amount in InboxCount.objects.values_list(
        "team_id", "assignee_id", "state", "clock_state", "is_snoozed", "amount"
    ):
        sums[tuple(sort)] = sums.get(tuple(sort), 0) + amount
    return {sort: amount for sort, amount in sums.items() if amount}


def truth() -> dict[tuple, int]:
    sums: dict[tuple, int] = {}
    for each in Conversation.objects.filter(merged_into=None):
        sort = (each.team_id, each.assignee_id, each.state, each.clock_state, each.snoozed_until is not None)
        sums[sort] = sums.get(sort, 0) + 1
    return sums


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_to_conversations_the_counts_tell_the_truth(seed, team, other_team, agent) -> None:
    """S0-68's data at a million rows: counters are kept by the database, so bulk statements count as well."""
    dice = random.Random(seed)
    Conversation.objects.bulk_create(unsaved(state=dice.choice(State.values)) for _ in range(12))
    for _step in range(60):
        some = Conversation.objects.filter(pk__in=dice.sample([*Conversation.objects.values_list("pk", flat=True)], 3))
        match dice.randrange(9):
            case 0:
                some.update(state=dice.choice(State.values), version=F("version") + 1)
            case 1:
                some.update(team_id=dice.choice([team.pk, other_team.pk, None]))
            case 2:
                some.update(assignee_id=dice.choice([agent.id, None]), clock_state=dice.choice(ClockState.values))
            case 3:
                some.update(snoozed_until=dice.choice([None, clock.now() + timedelta(hours=dice.randrange(9))]))
            case 4:
                first, second, _third = some
                Conversation.objects.filter(pk=first.pk).update(merged_into=second)
            case 5:
                some.update(merged_into=None, subject="again")
            case 6:
                Conversation.objects.bulk_create(unsaved(team=dice.choice([team, None])) for _ in range(3))
            case 7:
                some.filter(merged_into=None).exclude(pk__in=Conversation.objects.values("merged_into")).delete()
                Conversation.objects.bulk_create(unsaved() for _ in range(3))
            case 8:
                services.sum_up_counts()

        assert kept() == truth()

    before = kept()
    services.sum_up_counts()
    assert kept() == before
    assert InboxCount.objects.count() == len(before), "each sort stands in one row"
    assert services.recount() == 0


def test_what_was_changed_past_the_database_is_found_and_put_right(team) -> None:
    stored(team=team)
    stored(state=State.WAITING)
    InboxCount.objects.filter(state=State.WAITING).update(amount=41)

    assert services.recount() == 2, "the wrong number is no longer there, the right one was missing"
    assert kept() == truth()


def test_summing_up_leaves_nothing_of_what_came_and_went(team) -> None:
    for _ in range(5):
        gone = stored(team=team)
        gone.delete()

    assert services.sum_up_counts() == 10
    assert not InboxCount.objects.exists()


@pytest.fixture
def house(team, other_team, agent, other_agent):
    """Conversations of every sort, in two teams and in none."""
    later = clock.now() + timedelta(days=1)
    for each in [
        unsaved(team=team, assignee_id=agent.id),
        unsaved(team=team, assignee_id=agent.id, state=State.SOLVED),
        unsaved(team=team, assignee_id=agent.id, snoozed_until=later),
        unsaved(team=team, state=State.WAITING, clock_state=ClockState.PAUSED),
        unsaved(team=team, clock_state=ClockState.DUE_SOON),
        unsaved(team=None, clock_state=ClockState.OVERDUE),
        unsaved(team=other_team, assignee_id=agent.id, clock_state=ClockState.OVERDUE),
        unsaved(team=other_team, clock_state=ClockState.OVERDUE),
        unsaved(team=other_team, assignee_id=other_agent.id, state=State.CLOSED),
    ]:
        each.save()
    Conversation.objects.filter(team=other_team, assignee=None).update(merged_into=Conversation.objects.earliest("pk"))
    stored(team=other_team, clock_state=ClockState.OVERDUE)


def test_an_agents_counts_are_those_of_their_lists(house, agent, django_assert_num_queries) -> None:
    """S0-68, RULINGS: own team's and unassigned, and what one has in hand elsewhere; in one query."""
    with django_assert_num_queries(1):
        counts = queries.view_counts(agent)

    assert counts == {
        InboxView.MINE: 2,
        InboxView.UNASSIGNED: 3,
        InboxView.WAITING: 1,
        InboxView.DUE_SOON: 1,
        InboxView.OVERDUE: 2,
        InboxView.SNOOZED: 1,
        InboxView.ALL: 5,
    }


@pytest.mark.parametrize(
    ("role", "asks"), [("agent", 1), ("supervisor", 2), ("account_manager", 1), ("quality_manager", 1)]
)
def test_everybodys_counts_agree_with_what_their_lists_show(
    house, create_actor, team, system, role, asks, django_assert_num_queries
) -> None:
    """RULINGS, Who sees what: no count tells of a conversation that the list would not show."""
    actor = create_actor(role, team_ids=(team.pk,) if role != "quality_manager" else ())
    owner = actor if role == "account_manager" else create_actor("account_manager", team_ids=(team.pk,))
    theirs = register_customer(kind="person", name="何女士", by=owner)
    other = register_customer(kind="person", name="钱先生", by=create_actor("account_manager"))
    stored(customer=theirs, team_id=Conversation.objects.filter(team__name="客户服务二组")[0].team_id)
    stored(customer=other, team=team)

    with django_assert_num_queries(asks):
        counts = queries.view_counts(actor)

    listed = {view: queries.matching(actor, queries.InboxFilter(view=view)).count() for view in InboxView.values}
    assert counts == listed
    assert counts[InboxView.ALL] > 0


def test_who_sees_nothing_counts_nothing(house, admin, field_engineer, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert set(queries.view_counts(admin).values()) == {0}
        assert set(queries.view_counts(field_engineer).values()) == {0}


def test_counting_stops_at_a_thousand_where_no_count_is_kept(create_actor, team, monkeypatch) -> None:
    from haoke.conversations.queries import counting

    manager = create_actor("account_manager", team_ids=(team.pk,))
    customer = register_customer(kind="person", name="何女士", by=manager)
    Conversation.objects.bulk_create(unsaved(customer=customer) for _ in range(7))
    monkeypatch.setattr(counting, "MOST_COUNTED", 5)

    assert queries.view_counts(manager)[InboxView.ALL] == 5


def test_a_recount_loses_nothing_that_happens_meanwhile() -> None:
    """The table is locked against those who would note a change, not against those who read."""
    services.recount()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode FROM pg_locks WHERE relation = 'conversations_inboxcount'::regclass AND mode LIKE 'Share%'"
        )
        assert [row[0] for row in cursor.fetchall()] == ["ShareRowExclusiveLock"]
