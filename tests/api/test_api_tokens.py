"""The gate of the API: a bearer token, and nothing else."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client
from django.urls import get_resolver

from haoke.accounts import services
from haoke.accounts.models import ApiToken
from haoke.api import tokens
from haoke.api.api import api
from haoke.api.tokens import Bearer
from haoke.customers.models import Customer
from tests.api.conftest import Program, check_problem


def test_of_a_token_only_its_digest_is_kept_and_its_last_use_is_seen(program) -> None:
    assert program.get("/customers").status_code == 200

    (token,) = ApiToken.objects.all()
    assert token.digest == hashlib.sha256(program.token.encode()).hexdigest()
    assert program.token not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert token.last_used_at is not None


@pytest.mark.parametrize("token", ["", "haoke_wrong", "haoke_" + "x" * 500, "汉字", "  ", "\x7f"])
def test_a_missing_or_wrong_token_is_told_how_to_send_one(db, token) -> None:
    response = Program(token.encode().decode("latin-1")).get("/customers")

    assert "Bearer" in check_problem(response, 401, "unknown_token")["detail"]
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Basic aGFva2U6aGFva2U=", "haoke_x", "bearer", "Bearer"])
def test_another_way_to_sign_in_opens_nothing(client, db, header) -> None:
    check_problem(client.get("/api/v1/customers", headers={"Authorization": header}), 401, "unknown_token")


def test_a_revoked_token_opens_nothing(program, admin) -> None:
    services.revoke_token(token_id=ApiToken.objects.get().pk, by=admin)

    check_problem(program.get("/customers"), 401, "unknown_token")


def test_a_signed_in_browser_is_a_stranger_to_the_api(client_of, agent) -> None:
    """Otherwise a foreign page could let a colleague's browser write: bearer calls carry no mark against forgery."""
    browser = client_of(agent)

    check_problem(browser.get("/api/v1/customers"), 401, "unknown_token")
    body = json.dumps({"kind": "person", "name": "Forged"})
    check_problem(browser.post("/api/v1/customers", body, content_type="application/json"), 401, "unknown_token")
    assert not Customer.objects.exists()


def test_only_calls_with_a_bearer_token_need_no_mark_against_forgery() -> None:
    exempt = [pattern for pattern in get_resolver().url_patterns if getattr(pattern, "callback", None)]
    assert not [pattern.name for pattern in exempt if getattr(pattern.callback, "csrf_exempt", False)]
    operations = [
        operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    assert len(operations) >= 10
    for operation in operations:
        assert [type(each) for each in operation.auth_callbacks] == [Bearer]


def test_a_program_in_a_hurry_is_told_when_to_come_back(program, program_of, monkeypatch) -> None:
    monkeypatch.setattr(tokens, "MOST_REQUESTS", 2)
    assert [program.get("/customers").status_code for _ in range(3)] == [200, 200, 429]

    response = program.get("/customers")

    check_problem(response, 429, "limited")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert program_of("agent").get("/customers").status_code == 200


def test_whoever_guesses_tokens_is_stopped(program, monkeypatch) -> None:
    monkeypatch.setattr(tokens, "MOST_WRONG_TOKENS", 2)
    guesser = Program("haoke_guess")
    assert [guesser.get("/customers").status_code for _ in range(3)] == [401, 401, 429]

    assert "Retry-After" in guesser.get("/openapi.json")
    assert program.get("/customers").status_code == 200


def test_a_mistyped_address_is_a_problem_too_and_never_the_sign_in_page(db) -> None:
    for address in ("/", "/nothing", "/customers/K-1/nothing"):
        check_problem(Program().get(address), 404, "not_found")


def test_a_problem_is_told_in_the_language_the_program_accepts(db) -> None:
    response = Client().get("/api/v1/nothing", headers={"Accept-Language": "zh-CN"})

    assert response["Content-Language"] == "zh-hans"
