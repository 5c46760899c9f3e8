"""Filters: each means the same wherever a search is typed, and an impossible one finds nothing rather than too much."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.conversations import queries, services
from haoke.conversations.choices import SearchProblem
from haoke.conversations.models import Conversation
from haoke.core import clock
from haoke.customers.services import register_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(arrive, letter) -> int:
    return arrive(letter("充电器坏了", subject="退款申请")).conversation_id


@pytest.fixture
def found(agent):
    def find(text: str) -> list[int]:
        query = queries.read_search(text, agent)
        rows = queries.apply_search(Conversation.objects.all(), query, agent, now=clock.now())
        return sorted(rows.values_list("pk", flat=True))

    return find


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("owner:me", "-owner:me"),
        ("受理人：我", "owner:none"),
        ("team:mine", "team:none"),
        ("team:客户服务一组", "-team:一组"),
        ("status:new", "status:open,waiting"),
        ("状态:未完成", "status:finished"),
        ("urgency:high", "urgency:normal"),
        ("category:general", "-category:general"),
        ("tag:退费", "-tag:退费"),
        ("tag:退費", "tag:none"),
        ("channel:support@haoke.example", "-channel:support"),
        ("customer:陈先生", "customer:none"),
        ("from:chen@customer.example", "-from:chen@customer.example"),
        ("from:陳先生", "from:李娜"),
        ("subject:退款", "subject:充电器"),
        ("充电器", "-充电器"),
        ("“充电器坏了”", "“坏了充电器”"),
        ("充电器 -屏幕", "充电器 -坏了"),
        ("after:today", "before:today"),
        ("before:2999-01-01", "after:2999-01-01"),
        ("is:mine", "is:unassigned"),
        ("is:unanswered", "-is:unanswered"),
        ("is:unfinished", "is:overdue"),
        ("is:following", "-is:following"),
        ("has:note", "has:attachment"),
        ("-is:snoozed", "is:merged"),
        ("-has:call", "has:draft"),
    ],
)
def test_a_filter_takes_and_leaves(talk, found, agent, team, yes: str, no: str) -> None:
    services.assign(conversation_id=talk, assignee_id=agent.staff_id, team_id=team.pk, by=agent)
    services.set_urgency(conversation_id=talk, urgency="high", by=agent)
    services.add_tag(conversation_id=talk, tag="退费", by=agent)
    services.start_following(conversation_id=talk, by=agent)
    services.write_note(conversation_id=talk, text="内部", by=agent)
    assert found(yes) == [talk]
    assert found(no) == []


def test_all_filters_must_hold(talk, found) -> None:
    assert found("退款 status:new is:unassigned") == [talk]
    assert found("退款 status:new is:mine") == []


def test_signs_alone_find_nothing(talk, found) -> None:
    assert found("？！") == []


def test_dates_begin_where_the_actor_lives(talk, create_actor, frozen) -> None:
    """It is the morning of 23 November in Shanghai, and still the 22nd in New York."""
    rows = Conversation.objects.filter(pk=talk)
    rows.update(last_message_at=clock.now() - timedelta(hours=3))
    for zone, is_today in (("Asia/Shanghai", True), ("America/New_York", True), ("Pacific/Auckland", True)):
        actor = create_actor("agent", name=zone)
        actor = actor.__class__(**{name: getattr(actor, name) for name in actor.__slots__} | {"time_zone": zone})
        query = queries.read_search("after:today", actor)
        assert queries.apply_search(rows, query, actor, now=clock.now()).exists() is is_today


@pytest.mark.parametrize(
    "text", ["owner:谁也不是", "tag:没有这个", "customer:C999999", "channel:nowhere", "team:nowhere"]
)
def test_a_name_nobody_has_finds_nothing_and_says_so(talk, found, agent, text: str) -> None:
    assert found(text) == []
    assert [each.kind for each in queries.read_search(text, agent).problems] == [SearchProblem.UNKNOWN_NAME]


def test_a_name_of_several_names_them(talk, found, agent, create_actor) -> None:
    create_actor("agent", name="李娜")
    create_actor("agent", name="李娜娜")
    create_actor("agent", name="王李")
    problem = queries.read_search("owner:李", agent).problems[0]
    assert problem.kind == SearchProblem.AMBIGUOUS
    assert {"李娜", "李娜娜", "王李"} == set(problem.offered.split(", "))
    assert found("owner:李") == []
    assert queries.read_search("owner:李娜", agent).problems == ()


def test_two_owners_at_once_are_a_contradiction(agent, create_actor) -> None:
    create_actor("agent", name="李娜")
    problems = queries.read_search("owner:me owner:李娜", agent).problems
    assert [each.kind for each in problems] == [SearchProblem.CONTRADICTION]


def test_a_customer_out_of_reach_is_not_named(account_manager, agent) -> None:
    customer = register_customer(kind="person", name="欧阳修", contact_points=[], by=agent)
    assert queries.read_search(f"customer:{customer.number}", agent).problems == ()
    problems = queries.read_search(f"customer:{customer.number}", account_manager).problems
    assert [each.kind for each in problems] == [SearchProblem.UNKNOWN_NAME]


def test_filters_by_code_ask_the_database_nothing(agent, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        queries.read_search("退款 status:open is:mine before:2026-10-01 -has:note", agent)
