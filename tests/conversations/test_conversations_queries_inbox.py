"""The lists of the inbox: what stands in each, in which order, page by page, and that an index finds it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from haoke.conversations import queries
from haoke.conversations.choices import ClockState, InboxSort, InboxView, State
from haoke.conversations.models import Conversation, Tag, Tagging
from haoke.conversations.queries import InboxFilter, inbox
from haoke.core.paging import place_of
from tests.conversations.stored import stored, unsaved

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def listed(actor, **wanted) -> list[str]:
    return [row.subject for row in queries.inbox_page(actor, InboxFilter(**wanted)).rows]


@pytest.fixture
def house(team, other_team, agent, other_agent):
    later = datetime(2099, 1, 1, tzinfo=UTC)
    for number, (subject, columns) in enumerate(
        {
            "mine": {"team": team, "assignee_id": agent.id},
            "mine, solved": {"team": team, "assignee_id": agent.id, "state": State.SOLVED},
            "mine, snoozed": {"team": team, "assignee_id": agent.id, "snoozed_until": later},
            "mine elsewhere": {"team": other_team, "assignee_id": agent.id},
            "nobody's": {"team": team},
            "no team's": {"clock_state": ClockState.OVERDUE},
            "waiting": {"team": team, "assignee_id": other_agent.id, "state": State.WAITING},
            "soon": {"team": team, "assignee_id": other_agent.id, "clock_state": ClockState.DUE_SOON},
            "theirs": {"team": other_team, "clock_state": ClockState.OVERDUE},
        }.items()
    ):
        stored(subject=subject, last_message_at=NOON - timedelta(minutes=number), **columns)
    stored(subject="merged", team=team, merged_into=Conversation.objects.get(subject="mine"))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (InboxView.MINE, ["mine", "mine elsewhere"]),
        (InboxView.UNASSIGNED, ["nobody's", "no team's"]),
        (InboxView.WAITING, ["waiting"]),
        (InboxView.DUE_SOON, ["soon"]),
        (InboxView.OVERDUE, ["no team's"]),
        (InboxView.SNOOZED, ["mine, snoozed"]),
        (InboxView.ALL, ["mine", "mine elsewhere", "nobody's", "no team's", "waiting", "soon"]),
    ],
)
def test_each_list_holds_what_it_says_and_nothing_out_of_reach(house, agent, view, expected) -> None:
    """S1-06, RULINGS Who sees what: own team's and unassigned, and what one has in hand elsewhere."""
    assert listed(agent, view=view) == expected


def test_states_snoozing_and_merging_follow_what_is_asked(house, agent) -> None:
    assert listed(agent, view="mine", state="any") == ["mine", "mine, solved", "mine, snoozed", "mine elsewhere"]
    assert listed(agent, state=State.SOLVED) == ["mine, solved"]
    assert listed(agent, text="status:solved") == ["mine, solved"]
    assert listed(agent, text="is:snoozed") == ["mine, snoozed"]
    assert listed(agent, view="mine", shows_snoozed=True) == ["mine", "mine, snoozed", "mine elsewhere"]
    assert listed(agent, text="is:merged") == []


def test_a_reference_finds_its_conversation_whatever_became_of_it(house, agent) -> None:
    for subject in ("mine, solved", "mine, snoozed"):
        wanted = Conversation.objects.get(subject=subject)
        assert listed(agent, text=f"HK-{wanted.pk}") == [subject]


def test_a_filter_nobody_can_satisfy_is_answered_in_a_sentence(house, agent) -> None:
    """Issue 3, bad input: a filter nobody can satisfy."""
    page = queries.inbox_page(agent, InboxFilter(text="owner:没有这个人"))

    assert page.rows == []
    assert len(page.problems) == 1
    assert "没有这个人" in page.problems[0]


def test_a_program_has_no_list_of_its_own(house, system) -> None:
    assert listed(system, view="mine") == []
    assert "theirs" in listed(system, view="overdue")


@pytest.fixture
def waiting_line(team):
    """Eleven conversations, of which some wait, some have a deadline, and several share a moment."""
    for number in range(11):
        stored(
            team=team,
            subject=str(number),
            last_message_at=NOON + timedelta(hours=number // 2),
            opened_at=NOON - timedelta(days=number),
            waiting_since=NOON - timedelta(minutes=number // 3) if number % 3 else None,
            due_at=NOON + timedelta(minutes=number) if number % 2 else None,
        )


ORDERS = {
    InboxSort.NEWEST: lambda each: (-each.last_message_at.timestamp(), -each.pk),
    InboxSort.OLDEST: lambda each: (each.last_message_at, each.pk),
    InboxSort.LONGEST_WAITING: lambda each: (each.waiting_since is None, each.waiting_since or NOON, each.pk),
    InboxSort.DUE_FIRST: lambda each: (each.due_at is None, each.due_at or NOON, each.pk),
    InboxSort.NEWEST_OPENED: lambda each: (-each.opened_at.timestamp(), -each.pk),
}


@pytest.mark.parametrize("sort", InboxSort.values)
def test_every_order_pages_forth_and_back_without_losing_or_repeating(waiting_line, agent, monkeypatch, sort) -> None:
    monkeypatch.setattr(inbox, "PAGE_SIZE", 4)
    expected = [each.subject for each in sorted(Conversation.objects.all(), key=ORDERS[InboxSort(sort)])]
    wanted = InboxFilter(sort=sort)

    pages, place = [], None
    while True:
        page = queries.inbox_page(agent, wanted, place=place)
        pages.append([row.subject for row in page.rows])
        assert (page.preceding is None) == (len(pages) == 1)
        if page.following is None:
            break
        # As an address carries it.
        place = place_of(page.following.key)
    assert [subject for rows in pages for subject in rows] == expected

    assert page.preceding is not None
    middle = queries.inbox_page(agent, wanted, before=page.preceding)
    assert [row.subject for row in middle.rows] == pages[1]
    assert middle.preceding is not None
    first = queries.inbox_page(agent, wanted, before=middle.preceding)
    assert [row.subject for row in first.rows] == pages[0]
    assert (first.preceding, first.following) == (None, queries.inbox_page(agent, wanted).following)


@pytest.mark.parametrize("sort", InboxSort.values)
def test_one_walks_through_a_list_in_its_own_order(waiting_line, agent, sort) -> None:
    wanted = InboxFilter(sort=sort)
    ids = [row.id for row in queries.inbox_page(agent, wanted).rows]

    for number, each in enumerate(ids):
        before, following = queries.neighbours(each, agent, wanted)
        assert before == (ids[number - 1] if number else None)
        assert following == (ids[number + 1] if number + 1 < len(ids) else None)


def test_who_closed_the_one_at_hand_still_finds_the_next(waiting_line, agent) -> None:
    ids = [row.id for row in queries.inbox_page(agent, InboxFilter()).rows]
    Conversation.objects.filter(pk=ids[4]).update(state=State.CLOSED)

    assert queries.neighbours(ids[4], agent, InboxFilter()) == (ids[3], ids[5])


def test_lines_tell_tags_and_waiting_in_one_query(waiting_line, agent, django_assert_num_queries) -> None:
    tag = Tag.objects.create(name="退费", folded="退费", created_at=NOON)
    for each in Conversation.objects.all():
        Tagging.objects.create(conversation=each, tag=tag, at=NOON)

    with django_assert_num_queries(1):
        page = queries.inbox_page(agent, InboxFilter(sort=InboxSort.LONGEST_WAITING))

    assert {tuple(row.tags) for row in page.rows} == {("退费",)}
    assert page.rows[0].waiting_since is not None


@pytest.fixture
def many(team, other_team):
    """A hundred thousand conversations, most of them finished long ago, as a house has after some years."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_conversation (subject, category_id, state, urgency, sender_name,"
            " sender_address, preview, opened_at, last_message_at, waiting_since, due_at, clock_state, version,"
            " changed_by_name, team_id)"
            " SELECT 'Order ' || number, %s, CASE WHEN is_open THEN 'open' ELSE 'closed' END, 'normal', '', '', '',"
            " moment, moment, CASE WHEN is_open THEN moment END, CASE WHEN number %% 80 = 0 THEN moment END, 'none', 1,"
            " '', CASE number %% 3 WHEN 0 THEN %s::bigint WHEN 1 THEN %s::bigint END"
            " FROM (SELECT number, number %% 40 = 0 AS is_open,"
            " %s::timestamptz - number * interval '7 minutes' AS moment"
            " FROM generate_series(1, 100000) AS number) AS told",
            [unsaved().category_id, team.pk, other_team.pk, NOON],
        )
        cursor.execute("ANALYZE conversations_conversation")


def test_among_a_hundred_thousand_an_index_gives_each_page(many, agent) -> None:
    """HELPDESK 3.1: no page reads what is finished to show fifty rows, and the first is found without any sorting."""
    for view, sort in itertools.product((InboxView.ALL, InboxView.UNASSIGNED), InboxSort.values):
        wanted = InboxFilter(view=view, sort=sort)
        far_down = queries.inbox_page(agent, wanted).following
        for place in (None, far_down):
            plan = explained(agent, wanted, place)
            assert "conversations_work_" in plan, plan
            assert "Seq Scan on conversations_conversation" not in plan, plan
            assert place or "Sort Key" not in plan or "Incremental Sort" in plan, plan


def explained(actor, wanted: InboxFilter, place) -> str:
    order = inbox._ORDERS[InboxSort(wanted.sort)]
    found = queries.matching(actor, wanted).annotate(listed_by=order.moment)
    page = inbox.after(found, "listed_by", place, oldest_first=order.is_oldest_first)
    return page.values_list("pk", "listed_by")[: inbox.PAGE_SIZE + 1].explain()
