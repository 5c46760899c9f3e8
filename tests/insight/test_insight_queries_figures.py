"""Figures counted by hand, that add up from colleague to team to company, and whose names who sees."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from haoke.conversations import queries, services
from haoke.conversations.choices import Dimension
from haoke.conversations.models import Clock, Conversation
from haoke.conversations.queries import OTHERS, Durations, FigureTable, Part
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden
from haoke.policies.models import Policy, WorkCalendar
from tests.insight.conftest import MONDAY, SHANGHAI, at, period

MINUTE, HOUR = 60, 3600


def rows(table: FigureTable) -> dict:
    return {row.key: row for row in table.rows}


def test_figures_by_team_are_those_counted_by_hand(monday, team, other_team, quality_manager) -> None:
    """S0-07. First responses after 30 and 60 minutes in one team, after 10 in the other; one more waits."""
    table = queries.figures(quality_manager, period(*MONDAY), Dimension.TEAM)
    ours, theirs = rows(table)[team.pk], rows(table)[other_team.pk]

    assert (ours.opened, ours.resolved, ours.open) == (2, 1, 1)
    assert (theirs.opened, theirs.resolved, theirs.open) == (2, 0, 2)
    # percentile_cont: the middle between 30 and 60 minutes, and nine tenths of the way.
    assert ours.first_response == Durations(2, 90 * MINUTE, 45 * MINUTE, 57 * MINUTE)
    assert ours.first_response.mean == 45 * MINUTE
    assert theirs.first_response == Durations(1, 10 * MINUTE, 10 * MINUTE, 10 * MINUTE)
    # The slow one was solved at two and taken up again: it has no solution now.
    assert ours.resolution == Durations(1, HOUR, HOUR, HOUR)
    assert (ours.reopened, ours.one_touch) == (Part(1, 2), Part(1, 1))
    assert (theirs.reopened, theirs.one_touch) == (Part(0, 0), Part(0, 0))


def test_together_is_computed_apart_and_not_from_the_groups(monday, quality_manager) -> None:
    """The middle of 10, 30 and 60 minutes is 30: no average of the groups' middles would say so."""
    total = queries.figures(quality_manager, period(*MONDAY), Dimension.TEAM).total

    assert (total.opened, total.resolved, total.open) == (4, 1, 3)
    assert total.first_response == Durations(3, 100 * MINUTE, 30 * MINUTE, 54 * MINUTE)


def test_working_time_leaves_the_midday_break_out(frozen, arrives, answers, agent) -> None:
    """From 11:00 to 14:00, with the break from 12:00 to 13:30: an hour and a half of work."""
    answers(arrives("23 11:00"), "23 14:00", by=agent, state="solved")
    total = queries.figures(agent, period(*MONDAY), Dimension.TEAM).total

    assert (total.first_response.total, total.first_response_business.total) == (3 * HOUR, 1.5 * HOUR)
    assert (total.resolution.total, total.resolution_business.total) == (3 * HOUR, 1.5 * HOUR)


@pytest.fixture
def many(frozen, arrives, answers, create_actor, team, other_team) -> None:
    """Forty conversations of two weeks, of five colleagues in two teams, told by chance."""
    chance = random.Random(7)
    staff = [create_actor("agent", team_ids=(each.pk,)) for each in (team, team, team, other_team, other_team)]
    for number in range(40):
        day = f"{2 + number // 4:02}"
        conversation = arrives(f"{day} 09:{number:02}")
        category, urgency = chance.choice(["order", "repair", "return"]), chance.choice(["low", "normal", "urgent"])
        by = chance.choice(staff)
        services.assign(
            conversation_id=conversation.pk, assignee_id=by.id, team_id=next(iter(by.team_ids)), by=Actor.system()
        )
        services.set_category(conversation_id=conversation.pk, category=category, by=by)
        services.set_urgency(conversation_id=conversation.pk, urgency=urgency, by=by)
        if chance.random() < 0.8:
            when = f"{day} {chance.randrange(10, 18)}:{chance.randrange(60):02}"
            answers(conversation, when, by=by, state=chance.choice(["", "solved"]))
    frozen.move_to(at("20 12:00"))


COUNTS = ("opened", "resolved", "open")
TIMES = ("first_response", "first_response_business", "resolution", "resolution_business")
PARTS = ("reopened", "one_touch", "kept_first_response", "kept_next_response", "kept_resolution")


@pytest.mark.parametrize("dimension", Dimension.values)
def test_colleagues_add_up_to_teams_and_teams_to_the_company_exactly(
    many, quality_manager, team, other_team, dimension
):
    """S0-07: counts, sums and the means made of them, whichever way they are put together."""
    whole = period("02 00:00", "16 00:00")
    table = queries.figures(quality_manager, whole, dimension)
    company = queries.figures(quality_manager, whole, Dimension.TEAM).total
    assert company.opened == 40

    assert table.total == company
    assert len(table.rows) > 1 or dimension == Dimension.CHANNEL
    for name in COUNTS:
        assert sum(getattr(row, name) for row in table.rows) == getattr(company, name), name
    for name in TIMES:
        parts, whole_time = [getattr(row, name) for row in table.rows], getattr(company, name)
        assert (sum(each.n for each in parts), sum(each.total for each in parts)) == (whole_time.n, whole_time.total)
        assert sum(each.total for each in parts) / whole_time.n == whole_time.mean, name
    for name in PARTS:
        parts, whole_part = [getattr(row, name) for row in table.rows], getattr(company, name)
        assert Part(sum(each.part for each in parts), sum(each.n for each in parts)) == whole_part, name

    by_team = rows(queries.figures(quality_manager, whole, Dimension.TEAM))
    for each in (team, other_team):
        narrowed = queries.figures(quality_manager, whole, dimension, team_id=each.pk)
        assert narrowed.total.opened == by_team[each.pk].opened == sum(row.opened for row in narrowed.rows)
        assert narrowed.total.first_response == by_team[each.pk].first_response


def test_the_last_day_ends_at_midnight_in_the_house(frozen, arrives, agent) -> None:
    """Half-open: the first moment of Tuesday is Tuesday's, though it is Monday in London."""
    arrives("23 00:00")
    arrives("23 23:59")
    arrives("24 00:00")

    assert queries.figures(agent, period(*MONDAY), Dimension.TEAM).total.opened == 2
    assert queries.figures(agent, period("24 00:00", "25 00:00"), Dimension.TEAM).total.opened == 1


def test_a_merged_conversation_counts_once(monday, quality_manager, agent) -> None:
    Conversation.objects.filter(pk=monday["quick"].pk).update(merged_into=monday["slow"])
    assert queries.figures(quality_manager, period(*MONDAY), Dimension.TEAM).total.opened == 3


def test_an_agent_sees_own_figures_and_the_others_without_names(monday, agent, other_agent) -> None:
    table = queries.figures(agent, period(*MONDAY), Dimension.AGENT)

    assert [(row.key, row.label) for row in table.rows] == [(agent.id, agent.name), (OTHERS, ""), (None, "")]
    assert [row.opened for row in table.rows] == [2, 1, 1]
    assert table.total.opened == 4


def test_a_supervisor_sees_the_names_of_the_teams_they_lead(monday, supervisor, agent, other_agent) -> None:
    keys = set(rows(queries.figures(supervisor, period(*MONDAY), Dimension.AGENT)))
    assert keys == {agent.id, OTHERS, None}


@pytest.mark.parametrize("who", ["quality_manager", "admin"])
def test_who_looks_after_the_whole_house_sees_every_name(monday, request, who, agent, other_agent) -> None:
    reader = request.getfixturevalue(who)
    keys = set(rows(queries.figures(reader, period(*MONDAY), Dimension.AGENT)))
    assert keys == {agent.id, other_agent.id, None}


def test_who_may_not_see_reports_sees_none(monday, field_engineer) -> None:
    for ask in (
        lambda: queries.figures(field_engineer, period(*MONDAY), Dimension.TEAM),
        lambda: queries.figures_by_day(field_engineer, period(*MONDAY), SHANGHAI),
        lambda: queries.words_by_hour(field_engineer, period(*MONDAY), SHANGHAI),
        lambda: queries.responses_by_length(field_engineer, period(*MONDAY)),
        lambda: queries.by_category_and_channel(field_engineer, period(*MONDAY)),
    ):
        with pytest.raises(Forbidden):
            ask()


def clock(conversation: Conversation, kind: str, *, outcome: str, stopped: str = "", breached: str = "") -> None:
    started = conversation.opened_at
    Clock.objects.create(
        conversation=conversation,
        kind=kind,
        policy=Policy.objects.first(),
        calendar=WorkCalendar.objects.first(),
        target_seconds=HOUR,
        started_at=started,
        stopped_at=at(stopped) if stopped else None,
        breached_at=at(breached) if breached else None,
        outcome=outcome,
        elapsed_seconds=int((at(stopped) - started) / timedelta(seconds=1)) if stopped else None,
    )


def test_targets_are_kept_or_missed_as_the_clocks_say(monday, team, other_team, quality_manager) -> None:
    """What is overdue counts as missed at once, answered or not; what was cancelled or replaced does not count."""
    Clock.objects.all().delete()
    clock(monday["quick"], "first_response", outcome="kept", stopped="23 10:30")
    clock(monday["slow"], "first_response", outcome="missed", stopped="23 11:01", breached="23 11:00")
    clock(monday["other"], "first_response", outcome="replaced", stopped="23 10:05")
    clock(monday["waiting"], "first_response", outcome="", breached="23 16:30")
    clock(monday["quick"], "next_response", outcome="kept", stopped="23 10:20")
    clock(monday["slow"], "resolution", outcome="cancelled", stopped="23 14:00")
    table = queries.figures(quality_manager, period(*MONDAY), Dimension.TEAM)

    assert rows(table)[team.pk].kept_first_response == Part(1, 2)
    assert rows(table)[other_team.pk].kept_first_response == Part(0, 1)
    assert table.total.kept_first_response == Part(1, 3)
    assert table.total.kept_resolution == Part(0, 0)
    assert table.total.next_response == Durations(1, 20 * MINUTE, 20 * MINUTE, 20 * MINUTE)
    # Missed on Monday, whenever it is answered.
    tuesday = queries.figures(quality_manager, period("24 00:00", "25 00:00"), Dimension.TEAM)
    assert tuesday.total.kept_first_response == Part(0, 0)


def test_open_at_the_end_of_each_day(frozen, arrives, answers, agent) -> None:
    """Two come on Monday and one on Tuesday; one of Monday's is solved on Wednesday."""
    first = arrives("23 10:00")
    arrives("23 11:00")
    arrives("24 10:00")
    answers(first, "25 10:00", by=agent, state="solved")
    days = queries.figures_by_day(agent, period("22 00:00", "26 00:00"), SHANGHAI)

    assert [(day.on.day, day.opened, day.resolved, day.open) for day in days] == [
        (22, 0, 0, 0),
        (23, 2, 0, 2),
        (24, 1, 0, 3),
        (25, 0, 1, 2),
    ]
    # What was open before the period began is open in it too.
    assert [day.open for day in queries.figures_by_day(agent, period("25 00:00", "26 00:00"), SHANGHAI)] == [2]


def test_the_hours_in_which_customers_write(frozen, arrives, agent) -> None:
    """Monday at nine twice and Sunday at eleven at night, on the house's wall."""
    for when in ("22 23:59", "23 09:00", "23 09:59"):
        arrives(when)
    week = queries.words_by_hour(agent, period("20 00:00", "27 00:00"), SHANGHAI)

    assert (week[0][9], week[6][23], sum(map(sum, week))) == (2, 1, 3)


def test_first_responses_fall_into_buckets(monday, agent) -> None:
    """10, 30 and 60 minutes: one up to a quarter of an hour, two up to an hour."""
    assert list(queries.responses_by_length(agent, period(*MONDAY))) == [1, 2, 0, 0, 0, 0, 0]


def test_figures_ask_the_database_as_often_for_many(monday, many, quality_manager, django_assert_num_queries) -> None:
    for first, last in (MONDAY, ("01 00:00", "30 00:00")):
        with django_assert_num_queries(5):
            queries.figures(quality_manager, period(first, last), Dimension.TEAM)
