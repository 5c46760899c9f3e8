"""Programs with tokens, and a customer with a conversation for them to find."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from haoke.accounts import services as accounts
from haoke.channels.services import create_channel
from haoke.conversations import services as conversations
from haoke.conversations.models import Conversation
from haoke.core.actor import Actor
from haoke.customers.models import Customer
from haoke.customers.services import register_customer


def pytest_configure(config: pytest.Config) -> None:
    """Schemathesis makes one test of every operation; only the tests of this folder pay for loading it."""
    from schemathesis.pytest import plugin

    if not config.pluginmanager.is_registered(plugin):
        config.pluginmanager.register(plugin)


class Program:
    """Talks to the API in JSON with one token, or without any."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        # A token is no cookie: nothing it does asks for a mark against forged forms.
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"/api/v1{path}", query, headers=self._headers())

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self._send("POST", path, body, headers)

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self._send("PATCH", path, body, {})

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        send = self.client.post if method == "POST" else self.client.patch
        text = json.dumps(body)
        return send(f"/api/v1{path}", text, content_type="application/json", headers=self._headers() | given)

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": "en"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


@pytest.fixture
def program_of(system: Actor, db: None) -> Callable[[str], Program]:
    """A program with a new token of this role."""

    def connect(role: str) -> Program:
        return Program(accounts.create_token(name=f"{role} program", role=role, by=system))

    return connect


@pytest.fixture
def program(program_of: Callable[[str], Program]) -> Program:
    """What most integrators get: a token of the agent's role."""
    return program_of("agent")


@pytest.fixture
def channel(team: Any, system: Actor) -> Any:
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


@pytest.fixture
def register(system: Actor, db: None) -> Callable[..., Customer]:
    def register(name: str = "王小明", **details: Any) -> Customer:
        points = details.pop(
            "contact_points", [("mail", "wang@customer.example", ""), ("phone", "138 0013 8000", "手机")]
        )
        return register_customer(kind="person", name=name, contact_points=points, by=system, **details)

    return register


@pytest.fixture
def customer(register: Callable[..., Customer]) -> Customer:
    return register(language="zh-hans", city="杭州")


@pytest.fixture
def conversation(channel: Any, customer: Customer, agent: Actor) -> Conversation:
    """A conversation in which an agent wrote to the customer."""
    return conversations.start_conversation(
        customer_id=customer.pk, subject="保养预约", text="您好,周三上午可以吗?", channel_id=channel.pk, by=agent
    )


def check_problem(response: HttpResponse, status: int, code: str, *, field: str | None = None) -> dict[str, Any]:
    """Every refusal has the same shape (RFC 9457), for programs and for people."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    body = response.json()
    assert (body["status"], body["code"], body["field"]) == (status, code, field)
    assert body["detail"]
    return body
