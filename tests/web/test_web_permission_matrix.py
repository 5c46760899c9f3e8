"""Who may do what, on one page: every address of Haoke against every role (RULINGS, Who sees what; S0-68, S2-04)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from haoke.accounts.services import open_access
from haoke.conversations.models import Message
from tests.web.permissions import API, PAGES, SENT, Row, rows_of
from tests.web.world import KNOWN, PHONE, World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def ask(world: World, row: Row, who: str) -> HttpResponse:
    """One request as this one, undone afterwards."""
    is_api = row.name.startswith("api")
    client = Client(headers={"Accept-Language": "en"})
    if is_api and who in world.tokens:
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.tokens[who]}"
    elif session := world.sessions.get("agent" if who == "page" else who):
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    address = reverse(row.name, args=[world.things[name] for name in row.arguments])
    sent = {name: _real(value, world) for name, value in SENT.get(row.name, {}).items()}
    as_json = {"content_type": "application/json"} if is_api and row.method != "GET" else {}
    with transaction.atomic():
        response = getattr(client, row.method.lower())(address, sent, **as_json)
        transaction.set_rollback(True)
    return response


def _real(value: Any, world: World) -> Any:
    is_name = isinstance(value, str) and value.startswith("{")
    return world.things[value.strip("{}")] if is_name else value


def outcome(response: HttpResponse) -> str:
    """In the words of the table; anything else, such as a refused form, is told by its number and fits nowhere."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in?next="):
        return "in"
    return "ok" if response.status_code in (200, 201, 204, 302) else str(response.status_code)


def patterns(inside: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address there is, by its full name."""
    for each in (inside or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", each
        else:
            yield from patterns(each, f"{space}{each.namespace}:" if each.namespace else space)


@pytest.mark.parametrize("table", [PAGES, API], ids=["pages", "api"])
def test_every_role_may_do_exactly_what_the_table_says(world: World, table: str) -> None:
    """One world for all rows: each request is undone before the next."""
    surprises = [
        f"{row.method} {row.name}: {who} should get {expected}, but got {found}"
        for row in rows_of(table)
        for who, expected in row.expected.items()
        if (found := outcome(ask(world, row, who))) != expected
    ]
    assert not surprises, "\n".join(surprises)


def test_the_table_names_every_address_and_none_that_is_gone() -> None:
    named = [row.name for row in rows_of(PAGES) + rows_of(API)]
    assert len(named) == len(set(named))
    assert set(named) == {name for name, _pattern in patterns()}


def test_every_view_says_who_may_open_it() -> None:
    """A page without a word about it would be open to everybody who works here."""
    words = ("is_public", "is_for_all_staff", "ability", "has_own_gate")
    silent = [
        name for name, pattern in patterns() if sum(bool(getattr(pattern.callback, word, None)) for word in words) != 1
    ]
    assert silent == []


def page(world: World, method: str, name: str, who: str, *arguments: str) -> HttpResponse:
    return ask(world, Row(method, name, arguments, {}), who)


def test_an_agent_of_another_team_reads_but_changes_nothing(world: World) -> None:
    """RULINGS: own team's and unassigned; others by search, read only."""
    before = Message.objects.count()
    listed = page(world, "GET", "conversations:inbox", "other_agent").content.decode()

    assert reverse("conversations:conversation", args=[world.things["conversation_id"]]) not in listed
    assert page(world, "GET", "conversations:conversation", "other_agent", "conversation_id").status_code == 200
    for name in ("messages", "assignment", "state", "urgency", "closure"):
        response = page(world, "POST", f"conversations:{name}", "other_agent", "conversation_id")
        assert response.status_code == 403, name
    for name, argument in (
        ("settlement", "uncertain_message_id"),
        ("trial", "refused_message_id"),
        ("minutes", "refused_message_id"),
    ):
        assert page(world, "POST", f"conversations:{name}", "other_agent", argument).status_code == 403, name
    assert Message.objects.count() == before


@pytest.mark.parametrize(
    ("method", "name", "arguments"),
    [
        ("GET", "web:customer", ("number",)),
        ("GET", "customers:edit", ("number",)),
        ("GET", "customers:contact_points", ("number",)),
        ("POST", "customers:contact_point_removal", ("number", "contact_point_id")),
        ("GET", "conversations:new", ("customer_id",)),
        ("GET", "conversations:conversation", ("conversation_id",)),
        ("GET", "conversations:attachment", ("attachment_id",)),
        ("POST", "conversations:messages", ("conversation_id",)),
        ("POST", "conversations:closure", ("conversation_id",)),
        ("POST", "conversations:trial", ("refused_message_id",)),
    ],
)
def test_an_account_manager_finds_nothing_of_others_customers(world: World, method, name, arguments) -> None:
    """S2-04: own, backup and team; what one may not see is not found."""
    assert page(world, method, name, "other_acct", *arguments).status_code == 404


@pytest.mark.parametrize(("who", "sees"), [("qual", False), ("agent", False), ("acct", True), ("super", True)])
def test_contact_points_are_masked_for_whoever_only_looks(world: World, who: str, sees: bool) -> None:
    """S0-67: the quality manager reads everything, masked; an agent reveals one by one, which is logged."""
    shown = page(world, "GET", "web:customer", who, "number").content.decode()

    assert (PHONE in shown) is sees
    assert (KNOWN in shown) is sees


def test_a_quality_manager_reads_conversations_without_addresses(world: World) -> None:
    shown = page(world, "GET", "conversations:conversation", "qual", "conversation_id").content.decode()

    assert "请问我的订单什么时候到?" in shown
    assert KNOWN not in shown


def test_an_administrator_sees_customers_only_after_saying_why(world: World) -> None:
    """RULINGS: customer data and message bodies only with a logged reason, and even then nothing is changed."""
    looks = [("web:customer", "number"), ("conversations:conversation", "conversation_id")]
    assert [page(world, "GET", name, "admin", each).status_code for name, each in looks] == [404, 404]

    with transaction.atomic():
        open_access(reason="The customer asked for a copy of their data", by=world.actors["admin"])
        assert [page(world, "GET", name, "admin", each).status_code for name, each in looks] == [200, 200]
        assert page(world, "POST", "conversations:messages", "admin", "conversation_id").status_code == 403
        transaction.set_rollback(True)


def test_the_demo_mailbox_is_closed_outside_the_demo(world: World) -> None:
    from haoke.accounts.models import Installation

    with transaction.atomic():
        Installation.objects.update(is_demo=False)
        for name, arguments in (("mailbox", ()), ("mails", ("address",)), ("mail", ("address", "mail_id"))):
            assert page(world, "GET", f"demo:{name}", "admin", *arguments).status_code == 404
        transaction.set_rollback(True)
