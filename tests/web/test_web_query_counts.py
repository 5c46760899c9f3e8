"""The pages people have open all day ask the database as often for thirty rows as for two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haoke.accounts.services import create_token
from haoke.channels.services import create_channel
from haoke.conversations import services as conversations
from haoke.conversations.services import Upload
from haoke.core.actor import Actor
from haoke.customers.models import Customer
from haoke.customers.services import register_customer
from haoke.worklist.services import add_item

# Session, colleague, company name and the count of open tasks are four of each; on a conversation and a customer one
# more keeps in the access log that somebody looked.
MOST = {"today": 8, "inbox": 10, "conversation": 28, "customer": 17, "customers": 7, "search": 20, "satisfaction": 10}


@pytest.fixture
def house(team: Any, system: Actor, account_manager: Actor, agent: Actor) -> Callable[[int], dict[str, str]]:
    """Adds so many of everything, and names the pages on which they stand."""
    create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=9,
        outgoing_security="none",
        by=system,
    )
    main = _register("王小明", account_manager)
    first = _begin(main, agent)

    def add(many: int) -> dict[str, str]:
        for number in range(many):
            other = _register(f"王 {number}", account_manager)
            _begin(other, agent)
            begun = _begin(main, agent)
            conversations.reply(
                conversation_id=first, text="附件", uploads=[Upload(f"{number}.txt", b"text")], by=agent
            )
            conversations.write_note(conversation_id=first, text="备注", by=account_manager)
            add_item(
                kind="mail_undelivered",
                subject_kind="conversation",
                subject_id=begun,
                customer_id=other.pk,
                assignee_id=agent.id,
                details={"conversation_id": begun, "outcome": "refused"},
            )
        return {
            "today": "/",
            "inbox": "/inbox/",
            "conversation": f"/inbox/{first}",
            "customer": f"/customers/{main.number}",
            "customers": "/customers/",
            "search": "/search?q=王",
            "satisfaction": "/quality/satisfaction",
        }

    return add


def _register(name: str, by: Actor) -> Customer:
    return register_customer(
        kind="person", name=name, contact_points=[("mail", f"{name.encode().hex()}@c.example", "")], by=by
    )


def _begin(customer: Customer, by: Actor) -> int:
    return conversations.start_conversation(
        customer_id=customer.pk, subject=f"关于 {customer.name}", text="您好", by=by
    ).pk


def _asked(client: Client, pages: dict[str, str]) -> dict[str, int]:
    """How often each page asks the database."""
    counts = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        counts[name] = len(queries)
    return counts


def test_pages_ask_as_often_for_thirty_rows_as_for_two(house, client_of, agent) -> None:
    """HOUSE 10: what a page costs does not grow with what stands on it."""
    client = client_of(agent)

    with_two, with_thirty = _asked(client, house(2)), _asked(client, house(28))

    assert with_two == with_thirty
    assert with_thirty == MOST


def test_a_program_asks_as_often_for_thirty_rows_as_for_two(house, client, system) -> None:
    token = create_token(name="import", role="agent", by=system)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    counts = []
    for many in (2, 28):
        pages = house(many)
        addresses = {
            "customers": "/api/v1/customers",
            "customer": f"/api/v1{pages['customer']}",
            "timeline": f"/api/v1{pages['customer']}/timeline",
            "conversations": "/api/v1/conversations",
            "messages": f"/api/v1{pages['conversation'].replace('inbox', 'conversations')}/messages",
        }
        counts.append(_asked(client, addresses))

    assert counts[0] == counts[1]
    assert counts[1] == {"customers": 6, "customer": 8, "timeline": 7, "conversations": 5, "messages": 9}


@pytest.mark.parametrize(("role", "most"), [("agent", 2), ("supervisor", 3), ("administrator", 3)])
def test_knowing_who_asks_takes_two_questions_or_three(create_actor, team, client_of, role, most) -> None:
    """The session, the colleague with their teams; third a supervisor's areas or an administrator's open hour."""
    client = client_of(create_actor(role, team_ids=(team.pk,)))

    with CaptureQueriesContext(connection) as queries:
        client.get("/no/such/page", headers={"HX-Request": "true"})

    asked = [each["sql"] for each in queries if "accounts_installation" not in each["sql"]]
    assert len(asked) == most, asked
