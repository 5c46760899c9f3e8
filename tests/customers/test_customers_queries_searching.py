"""Search as one types, against the real index."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.customers import queries
from haoke.customers.choices import MatchedOn
from haoke.customers.services import give_owner


@pytest.fixture
def people(register) -> None:
    register("王伟", contact_points=[("phone", "13800138000", ""), ("mail", "wei@example.com", "")])
    register("王伟明", contact_points=[("phone", "010-8765 4321", "")])
    register("大王伟业公司", kind="organisation")
    register("張學友")
    register("单雄信")
    register("Ada Lovelace 😀", contact_points=[("wechat", "ada-l", "")])
    register("עמית")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王伟", ["王伟", "王伟明", "大王伟业公司"]),
        ("学友", ["張學友"]),
        ("张学友", ["張學友"]),
        ("shanxx", []),
        ("shan", ["单雄信"]),
        ("sxx", ["单雄信"]),
        ("wwm", ["王伟明"]),
        ("138 0013", ["王伟"]),
        ("010-8765", ["王伟明"]),
        ("4321", ["王伟明"]),
        ("wei@", ["王伟"]),
        ("ADA", ["Ada Lovelace 😀"]),
        ("lovelace ada", ["Ada Lovelace 😀"]),
        ("ada-l", ["Ada Lovelace 😀"]),
        ("😀", ["Ada Lovelace 😀"]),
        ("עמית", ["עמית"]),
        ("100%", []),
        ("_", []),
        ("  ", []),
    ],
)
def test_search_finds_the_right_ones_in_the_right_order(text: str, names: list[str], people, agent) -> None:
    """S0-67: names of two characters, pinyin, fragments of phones; S1-21."""
    assert [hit.name for hit in queries.search(text, agent)] == names


def test_exact_matches_are_never_crowded_out(people, register, agent, monkeypatch) -> None:
    monkeypatch.setattr("haoke.customers.queries.searching.MOST_CANDIDATES", 2)
    for place in range(5):
        register(f"王伟{place}", contact_points=[("other", f"13800138000-{place}", "")])
    assert queries.search("13800138000", agent)[0].name == "王伟"
    assert queries.search("王伟", agent)[0].name == "王伟"


def test_a_hit_names_the_owner_and_what_was_found_in_two_queries(
    people, supervisor, agent, django_assert_num_queries
) -> None:
    wang = queries.search("wei@example.com", agent)[0]
    give_owner(customer_id=wang.id, staff_id=agent.id, reason="负责", by=supervisor)
    with django_assert_num_queries(2):
        (hit,) = queries.search("13800138000", agent)
    assert (hit.owner_name, hit.matched_on, hit.kind) == (agent.name, MatchedOn.PHONE, "person")
    with django_assert_num_queries(0):
        assert queries.search("", agent) == []


def test_search_stays_within_reach(people, account_manager, field_engineer) -> None:
    for actor in (account_manager, field_engineer):
        for text in ("王伟", "13800138000", "wei@example.com", "K00"):
            assert queries.search(text, actor) == []


@pytest.mark.parametrize("text", ["王伟", "wwm", "ww", "138001", "wei@exa", "明"])
def test_the_trigram_index_answers(text: str, people, agent) -> None:
    """A million archives: nothing is found by reading all of them, whatever a planner prefers for seven."""
    with CaptureQueriesContext(connection) as captured:
        queries.search(text, agent)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {captured[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on customers_search" in plan
    assert "Seq Scan on customers_customer" not in plan


def test_names_and_addresses_for_lists_that_are_scoped_already(people, agent, django_assert_num_queries) -> None:
    hits = {hit.name: hit.id for hit in queries.search("王伟", agent)}
    with django_assert_num_queries(1):
        names = queries.names([*hits.values(), None])
    assert {names[key].name for key in hits.values()} == set(hits)
    assert queries.matches_for_address("mail", "WEI@Example.com") == [hits["王伟"]]
    assert queries.matches_for_address("mail", "not an address") == []
