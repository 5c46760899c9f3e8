"""What the log says of pages: no address, which may name a customer or carry a secret, and no words of errors."""

from __future__ import annotations

import pytest
import structlog
from django.test import Client

from haoke.core import logs
from haoke.customers import queries

SECRET = "a-secret-in-a-link"


@pytest.mark.django_db
def test_a_refused_page_is_not_told_by_its_address(caplog) -> None:
    for address in (f"/s/{SECRET}", f"/no/such/{SECRET}", f"/customers/{SECRET}"):
        Client().get(address)
    Client(enforce_csrf_checks=True).post(f"/s/{SECRET}", {"score": "5"})

    assert SECRET not in caplog.text


def test_a_broken_page_is_told_by_page_kind_and_place(client_of, agent, monkeypatch, caplog) -> None:
    def broken(*_args, **_options):
        raise ValueError(f"Key (address)=({SECRET}) already exists.")

    monkeypatch.setattr(queries, "search", broken)
    client = client_of(agent)
    client.raise_request_exception = False
    with structlog.testing.capture_logs() as told:
        assert client.get("/search", {"q": SECRET}).status_code == 500

    assert SECRET not in caplog.text + str(told)
    [line] = told
    assert (line["event"], line["page"], line["error"]) == ("page_failed", "web:search", "ValueError")
    assert line["place"].startswith("haoke/web/views/searching.py:")


def test_a_request_nobody_can_read_is_no_failure_of_ours(client_of, agent, caplog) -> None:
    with structlog.testing.capture_logs() as told:
        response = client_of(agent).generic("POST", "/account/password", b"x", content_type="multipart/form-data")
    assert (response.status_code, told, caplog.text) == (400, [], "")


def test_an_error_that_never_passed_our_code_has_no_place() -> None:
    assert logs.place_of(ValueError()) == ""
