"""The search page: words are marked and escaped, problems are said, every kind has its page, and nothing leaks."""

from __future__ import annotations

import pytest

from haoke.conversations import services as conversations
from haoke.conversations.models import Message
from haoke.customers.services import register_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(agent, channel):
    customer = register_customer(
        kind="person", name="王小明", contact_points=[("mail", "wang@c.example", "")], by=agent
    )
    return conversations.start_conversation(
        customer_id=customer.pk, subject="关于<i>退款</i>", text="請寄回<script>alert(1)</script>舊電池", by=agent
    )


@pytest.fixture
def channel(team, system):
    from haoke.channels.services import create_channel

    return create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=9,
        outgoing_security="none",
        by=system,
    )


def test_hits_are_marked_and_everything_else_is_escaped(talk, agent, client_of) -> None:
    page = client_of(agent).get("/search", {"q": "电池 退款 alert"}).content.decode()
    assert "<mark>電池</mark>" in page
    assert "关于&lt;i&gt;<mark>退款</mark>&lt;/i&gt;" in page
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;" in page


def test_a_hit_in_markup_cannot_open_it(talk, agent, client_of) -> None:
    page = client_of(agent).get("/search", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_every_kind_has_a_page_and_all_have_one(talk, agent, client_of) -> None:
    client = client_of(agent)
    everything = client.get("/search", {"q": "王小明"}).content.decode()
    assert f"HK-{talk.pk}" in everything
    assert talk.customer.number in everything
    assert f"HK-{talk.pk}" not in client.get("/search", {"q": "王小明", "in": "customers"}).content.decode()
    assert "1 conversation" in client.get("/search", {"q": "王小明", "in": "conversations"}).content.decode()
    assert client.get("/search", {"q": "inbox", "in": "pages"}).content.decode().count('class="row-title"') == 1


def test_problems_are_said_and_nothing_is_found(talk, agent, client_of) -> None:
    page = client_of(agent).get("/search", {"q": "退款 status:foo"}).content.decode()
    assert "“status:foo” finds nothing" in page
    assert "<mark>" not in page


def test_filters_speak_of_conversations_alone(talk, agent, client_of) -> None:
    page = client_of(agent).get("/search", {"q": "王小明 owner:me"}).content.decode()
    assert f"HK-{talk.pk}" in page
    assert talk.customer.number not in page


def test_the_palette_asks_the_same(talk, agent, client_of) -> None:
    headers = {"HX-Request": "true", "HX-Target": "palette-results"}
    page = client_of(agent).get("/search", {"q": "电池"}, headers=headers).content.decode()
    assert f"/inbox/{talk.pk}" in page
    assert "<html" not in page


def test_pages_lead_on(talk, agent, client_of) -> None:
    for number in range(25):
        conversations.start_conversation(customer_id=talk.customer_id, subject=f"第{number}件", text="电池", by=agent)
    client = client_of(agent)
    first = client.get("/search", {"q": "电池", "in": "conversations"}).content.decode()
    assert "More than 20 conversations" in first
    after = first.split("after=")[1].split('"')[0]
    second = client.get("/search", {"q": "电池", "in": "conversations", "after": after}).content.decode()
    assert second.count('class="row-title"') == 6
    assert client.get("/search", {"q": "电池", "in": "conversations", "after": "nonsense"}).status_code == 200


def test_another_teams_conversation_says_that_it_is_read_only(talk, other_agent, client_of) -> None:
    assert "read only" in client_of(other_agent).get("/search", {"q": "电池"}).content.decode()


def test_whoever_may_not_read_finds_nothing(talk, admin, account_manager, client_of) -> None:
    for actor in (admin, account_manager):
        assert "<mark>" not in client_of(actor).get("/search", {"q": "电池"}).content.decode()


def test_a_rebuild_is_announced_where_one_searches(talk, admin, agent, client_of) -> None:
    client = client_of(admin)
    assert client.post("/operations/search-index/rebuild").status_code == 302
    assert "being rebuilt (0% done)" in client_of(agent).get("/search", {"q": "电池"}).content.decode()
    page = client.get("/operations/search-index/").content.decode()
    assert f"0 of {Message.objects.count()} messages" in page
    assert client.post("/operations/search-index/cancellation").status_code == 302
    assert "stopped" in client.get("/operations/search-index/").content.decode()


@pytest.mark.parametrize(
    "text", ["\0", "％", "'", "\\", "a" * 2000, "((((", "!!!", "HK-99999999999999999999", "9" * 400]
)
def test_odd_texts_are_searched_all_the_same(agent, client_of, text: str) -> None:
    assert client_of(agent).get("/search", {"q": text, "in": "conversations"}).status_code == 200
