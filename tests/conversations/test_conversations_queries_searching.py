"""Search: newest first, one line for each conversation, only what the actor may read, with the place that answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.accounts import queries as accounts
from haoke.accounts.services import open_access
from haoke.conversations import queries, services
from haoke.conversations.models import MessageWords
from haoke.conversations.queries import word_index
from haoke.conversations.services.indexing import index_messages
from haoke.core import clock
from haoke.core.database import TookTooLong, at_most
from haoke.core.text.excerpts import Part

pytestmark = pytest.mark.django_db


def _ids(page: queries.SearchPage) -> list[int]:
    return [each.row.id for each in page.found]


def _hits(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if part.is_hit]


@pytest.fixture
def talk(arrive, letter) -> int:
    return arrive(letter("您好,我要申請退款單,<b>屏幕</b>碎了。", subject="关于退款")).conversation_id


def test_what_answers_is_marked_in_the_original(talk, agent) -> None:
    [found] = queries.search_conversations("退款 屏幕 陈", agent).found
    assert _hits(found.excerpt) == ["退款", "屏幕"]
    assert _hits(found.subject) == ["退款"]
    assert _hits(found.customer) == ["陈"]
    assert "<b>" in "".join(part.text for part in found.excerpt)


def test_one_line_for_each_conversation_by_its_newest_answer(talk, arrive, letter, agent) -> None:
    other = arrive(letter("也要退款", subject="另一件")).conversation_id
    services.write_note(conversation_id=talk, text="退款已批准", by=agent)
    page = queries.search_conversations("退款", agent)
    assert _ids(page) == [talk, other]
    assert "".join(part.text for part in page.found[0].excerpt) == "退款已批准"
    assert (page.count, page.is_all) == (2, True)


def test_other_teams_conversations_are_found_and_marked_as_read_only(talk, agent, other_agent) -> None:
    assert [each.is_read_only for each in queries.search_conversations("退款", agent).found] == [False]
    assert [each.is_read_only for each in queries.search_conversations("退款", other_agent).found] == [True]


def test_nobody_finds_what_they_may_not_read(talk, account_manager, field_engineer, admin, quality_manager) -> None:
    for text in ("退款", f"HK-{talk}", str(talk), "status:new", "from:chen@customer.example"):
        for actor in (account_manager, field_engineer, admin):
            assert queries.search_conversations(text, actor).found == [], text
        assert _ids(queries.search_conversations(text, quality_manager)) == [talk], text


def test_an_administrator_finds_it_in_the_hour_they_opened(talk, admin) -> None:
    open_access(reason="A customer asks about a lost mail", by=admin)
    assert _ids(queries.search_conversations("退款", accounts.actor_of_staff(admin.id))) == [talk]


@pytest.mark.parametrize("text", ["HK-{}", "hk-{}", "{}"])
def test_a_reference_leads_straight_to_its_conversation(talk, agent, text: str) -> None:
    assert _ids(queries.search_conversations(text.format(talk), agent))[0] == talk


def test_a_word_still_being_typed_is_found_by_its_beginning(arrive, letter, agent) -> None:
    conversation_id = arrive(letter("Where is my refund?")).conversation_id
    assert _ids(queries.search_conversations("refu", agent)) == [conversation_id]


def test_impossible_and_empty_searches_find_nothing(talk, agent) -> None:
    for text in ("", "  ", "？！", "status:foo", "owner:nobody-here", "status:new status:closed"):
        assert queries.search_conversations(text, agent).found == []


def test_pages_follow_each_other_without_gaps_or_doubles(arrive, letter, agent) -> None:
    ids = [arrive(letter("要退款", subject=f"第{number}件")).conversation_id for number in range(5)]
    services.write_note(conversation_id=ids[0], text="退款", by=agent)
    shown, place = [], None
    while True:
        page = queries.search_conversations("退款", agent, place=place, most=2)
        shown += _ids(page)
        if (place := page.following) is None:
            break
    assert shown == [ids[0], *ids[:0:-1]]


@pytest.mark.parametrize("text", ["罕见词", "退款", "rare 罕见词", "“罕见词”"])
def test_the_walk_through_windows_finds_what_one_look_would(arrive, letter, agent, monkeypatch, text: str) -> None:
    """Windows of weeks from the newest back, forced by leaving almost nothing to the first look."""
    for week in (0, 1, 3, 20, 60, 400):
        message = arrive(letter(f"要退款 rare 罕见词 {week}", subject="x"))
        at = clock.now() - timedelta(weeks=week)
        moved = message.__class__.objects.filter(pk=message.pk)
        moved.update(at=at)
        index_messages(moved)
    every = _ids(queries.search_conversations(text, agent))
    assert len(every) == 6
    monkeypatch.setattr(word_index, "NEWEST", 1)
    monkeypatch.setattr(word_index, "BATCH", 1)
    assert _ids(queries.search_conversations(text, agent)) == every


def test_a_search_that_takes_too_long_says_where_it_ended(talk, agent, monkeypatch) -> None:
    monkeypatch.setattr(word_index, "MILLISECONDS", 1)
    monkeypatch.setattr(word_index.time, "monotonic", iter(range(100)).__next__)
    page = queries.search_conversations("退款", agent)
    assert not page.is_all
    assert _ids(page) == [talk]


def test_a_statement_ends_in_the_time_it_was_given() -> None:
    with pytest.raises(TookTooLong), at_most(20):
        MessageWords.objects.raw("SELECT pg_sleep(5), 1 AS message_id")[0]
    assert MessageWords.objects.count() == 0


def test_query_counts_do_not_grow(arrive, letter, agent, django_assert_max_num_queries) -> None:
    for number in range(6):
        arrive(letter("退款", subject=f"第{number}件"))
    # Six to look (two of them begin and end the time limit), four to show.
    with django_assert_max_num_queries(14):
        assert len(queries.search_conversations("退款", agent).found) == 6
