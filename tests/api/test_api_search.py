"""Searching conversations over the API: the language of the search page, with its problems told."""

from __future__ import annotations

from haoke.conversations import services
from haoke.core.actor import Actor


def test_a_search_means_what_it_means_on_the_page(program, conversation) -> None:
    services.write_note(conversation_id=conversation.pk, text="客户要退款", by=_system())
    for q in ("退款", "保養 status:open", f"HK-{conversation.pk}", "“要退款”"):
        assert [row["id"] for row in program.get("/conversations", q=q).json()["items"]] == [conversation.pk], q
    assert program.get("/conversations", q="退款 status:closed").json() == {"items": [], "after": None, "problems": []}


def test_a_search_finds_finished_ones_too_unless_a_state_is_named(program, conversation) -> None:
    services.close_conversation(conversation_id=conversation.pk, by=_system())
    assert program.get("/conversations", q="保养").json()["items"]
    assert program.get("/conversations", q="保养", state="unfinished").json()["items"] == []
    assert program.get("/conversations").json()["items"] == []


def test_what_cannot_be_followed_is_told(program, conversation) -> None:
    answer = program.get("/conversations", q="保养 status:foo").json()
    assert answer["items"] == []
    assert "status:foo" in answer["problems"][0]


def _system() -> Actor:
    return Actor.system()
