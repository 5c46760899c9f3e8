"""The first page of an empty house."""

from __future__ import annotations

import pytest

from haoke.accounts import queries
from tests.conftest import PASSWORD

GIVEN = {
    "company_name": "昆德精密",
    "name": "李娜",
    "email": "li.na@haoke.example",
    "new": PASSWORD,
    "again": PASSWORD,
    "language": "zh-hans",
    "also_serves": "on",
}

pytestmark = pytest.mark.django_db


def test_it_creates_the_first_administrator_signs_them_in_and_leads_to_the_mailbox(client) -> None:
    assert client.get("/welcome").status_code == 200

    response = client.post("/welcome", GIVEN)

    assert response["Location"] == "/channels/"
    assert queries.company_name() == "昆德精密"
    page = client.get("/account")
    assert page.status_code == 200
    assert "李娜" in page.content.decode()


def test_it_is_gone_once_somebody_works_here(client, client_of, agent) -> None:
    assert client.get("/welcome")["Location"] == "/sign-in"
    assert client_of(agent).get("/welcome")["Location"] == "/"
    assert client.post("/welcome", GIVEN)["Location"] == "/sign-in"
    assert queries.company_name() != "昆德精密"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"again": "something-else-long"}, "again"),
        ({"new": "li.na@haoke.example", "again": "li.na@haoke.example"}, None),
        ({"new": "short", "again": "short"}, None),
        ({"company_name": "x" * 201}, "company_name"),
        ({"email": "nobody"}, "email"),
        ({"name": "  "}, "name"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_mistake_is_shown_and_nothing_is_created(client, changes, field) -> None:
    response = client.post("/welcome", {**GIVEN, **changes})

    page = response.content.decode()
    assert response.status_code == 422
    assert "form-errors" in page
    if field:
        assert f'id="id_{field}-error"' in page
    assert queries.is_new_installation()
