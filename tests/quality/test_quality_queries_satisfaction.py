"""Satisfaction over a period, within reach, in a handful of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.conversations import services as conversations
from haoke.customers import services as archive
from haoke.quality import queries
from haoke.quality.models import SurveyInvitation
from haoke.quality.queries import AnswerFilter

pytestmark = pytest.mark.django_db

ALL = AnswerFilter()


def test_it_counts_together_and_by_group(ask, agent, team, supervisor) -> None:
    for score in (5, 4, 2):
        ask().answer(score)
    ask()
    report = queries.satisfaction_report(supervisor, ALL)
    assert report.overall.distribution == (0, 1, 0, 1, 1)
    assert [(group.label, group.satisfaction) for group in report.by_team] == [(team.name, report.overall)]
    assert [(group.label, group.satisfaction) for group in report.by_assignee] == [(agent.name, report.overall)]
    assert [group.satisfaction.n for group in report.by_phase] == [3]
    assert (report.asked, report.answered, report.response_rate) == (4, 3, 0.75)


def test_who_answered_is_told_as_it_was_at_closing(ask, agent, create_actor, team) -> None:
    """A later change of assignee moves no answer to somebody who had nothing to do with it."""
    asked = ask()
    asked.answer(1)
    colleague = create_actor("agent", team_ids=(team.pk,), name="小李")
    conversations.assign(conversation_id=asked.conversation.pk, team_id=team.pk, assignee_id=colleague.id, by=agent)
    report = queries.satisfaction_report(agent, ALL)
    assert [group.label for group in report.by_assignee] == [agent.name]


def test_why_customers_were_not_asked_is_visible(ask, close, customer, supervisor) -> None:
    ask(customer)
    close(customer)
    report = queries.satisfaction_report(supervisor, ALL)
    assert report.asked == 1
    assert [count for _reason, count in report.not_asked] == [1]


def test_the_period_and_the_filters_narrow(frozen, ask, supervisor, team) -> None:
    ask().answer(5)
    frozen.shift(timedelta(days=20))
    late = ask()
    late.answer(1)
    frozen.shift(timedelta(days=15))

    def n(**wanted: object) -> int:
        return queries.satisfaction_report(supervisor, AnswerFilter(**wanted)).overall.n

    assert (n(days=90), n(days=30), n(days=10)) == (2, 1, 0)
    assert (n(team_id=team.pk), n(team_id=team.pk + 1)) == (2, 0)
    phase = SurveyInvitation.objects.first().phase
    assert (n(phase=phase), n(phase="in_sale" if phase != "in_sale" else "pre_sale")) == (2, 0)


def test_low_scores_and_words_narrow_the_list_and_not_the_figures(ask, supervisor) -> None:
    ask().answer(5, "快")
    ask().answer(2, "物流慢")
    ask().answer(1, "电话打不通")

    def scores(**wanted: object) -> list[int]:
        return [row.score for row in queries.answer_page(supervisor, AnswerFilter(**wanted)).rows]

    assert scores() == [1, 2, 5]
    assert scores(is_low=True) == [1, 2]
    assert scores(text="物流") == [2]
    assert queries.satisfaction_report(supervisor, AnswerFilter(is_low=True, text="物流")).overall.n == 3


def test_nobody_sees_answers_beyond_their_reach(
    ask, agent, other_agent, quality_manager, surveyor, field_engineer
) -> None:
    asked = ask()
    asked.answer(1, "别人不能看")
    for actor, expected in ((agent, 1), (quality_manager, 1), (other_agent, 0), (surveyor, 0), (field_engineer, 0)):
        assert len(queries.answer_page(actor, ALL).rows) == expected, actor.name
        report = queries.satisfaction_report(actor, ALL)
        assert (report.overall.n, report.asked) == (expected, expected), actor.name
        seen = queries.answers_of_customers([asked.customer.pk], actor)
        assert len(seen) == expected, actor.name


def test_an_account_manager_reads_the_answers_of_own_customers(
    ask, account_manager, supervisor, create_customer
) -> None:
    own, foreign = create_customer("陈先生"), create_customer("王女士")
    archive.give_owner(customer_id=own.pk, staff_id=account_manager.id, reason="Key account", by=supervisor)
    ask(own).answer(5)
    ask(foreign).answer(1)
    assert [row.score for row in queries.answer_page(account_manager, ALL).rows] == [5]


def test_pages_follow_each_other_without_gap_or_double(frozen, ask, supervisor, monkeypatch) -> None:
    monkeypatch.setattr("haoke.quality.queries.answers.PAGE_SIZE", 2)
    given = []
    for score in (1, 2, 3, 4, 5):
        given.insert(0, ask().answer(score).pk)
    first = queries.answer_page(supervisor, ALL)
    second = queries.answer_page(supervisor, ALL, place=first.following)
    third = queries.answer_page(supervisor, ALL, place=second.following)
    assert [row.id for page in (first, second, third) for row in page.rows] == given
    assert third.following is None


def test_queries_do_not_grow_with_answers(ask, supervisor, django_assert_num_queries) -> None:
    for score in (1, 4, 5):
        ask().answer(score)
        with django_assert_num_queries(2):
            queries.satisfaction_report(supervisor, ALL)
        with django_assert_num_queries(2):
            queries.answer_page(supervisor, ALL)


def test_the_panel_shows_what_the_customer_said(ask, customer, agent) -> None:
    asked = ask(customer)
    assert queries.answers_of_customers([customer.pk], agent) == []
    asked.answer(2, "等了三天")
    [row] = queries.answers_of_customers([customer.pk], agent)
    assert (row.score, row.is_low, row.comment, row.reference) == (2, True, "等了三天", asked.conversation.reference)
