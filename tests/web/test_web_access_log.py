"""Who looked at whose data: noted by the pages, found by an administrator, taken out as a file."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from haoke.accounts.services import open_access
from haoke.customers.services import register_customer
from haoke.timeline.choices import AccessKind
from haoke.timeline.models import Access
from haoke.timeline.services import note_access
from tests.conftest import PASSWORD

LOG = "/operations/access/"


@pytest.fixture
def customer(account_manager):
    return register_customer(
        kind="person", name="王小明", contact_points=[("phone", "138 0013 8000", "")], by=account_manager
    )


def kinds() -> list[str]:
    return list(Access.objects.order_by("pk").values_list("kind", flat=True))


def test_opening_a_customer_and_unmasking_a_number_are_noted(client_of, agent, customer) -> None:
    client = client_of(agent)
    for _visit in range(2):
        client.get(f"/customers/{customer.number}")
    point = customer.contact_points.get()
    client.post(f"/customers/{customer.number}/contact-points/{point.pk}/reveal")

    assert kinds() == [AccessKind.CUSTOMER, AccessKind.CONTACT_POINT]
    assert {(each.actor_id, each.customer_id) for each in Access.objects.all()} == {(agent.id, customer.pk)}


def test_whoever_is_refused_saw_nothing_and_is_not_in_the_log(client_of, admin, customer) -> None:
    assert client_of(admin).get(f"/customers/{customer.number}").status_code == 404
    assert kinds() == []


def test_an_administrators_hour_and_what_it_was_used_for_are_noted(client_of, admin, customer) -> None:
    open_access(reason="The customer asks for a copy", by=admin)
    client = client_of(admin)
    client.get("/search", {"q": "王"})
    client.get(f"/customers/{customer.number}")
    assert kinds() == [AccessKind.OPENED_DATA, AccessKind.SEARCH, AccessKind.CUSTOMER]


def test_the_search_of_whoever_serves_customers_is_no_line(client_of, agent, customer) -> None:
    client_of(agent).get("/search", {"q": "王"})
    assert kinds() == []


def test_the_log_names_customers_by_number_and_finds_them(client_of, admin, agent, customer) -> None:
    client_of(agent).get(f"/customers/{customer.number}")
    other = register_customer(kind="person", name="李娜", by=agent)
    client_of(agent).get(f"/customers/{other.number}")

    page = client_of(admin).get(LOG, {"customer": customer.number.lower()}).content.decode()
    assert customer.number in page
    assert other.number not in page
    assert "王小明" not in page


@pytest.mark.parametrize(
    "given",
    [
        {"customer": "K999999"},
        {"since": "2026-13-01"},
        {"since": "2026-11-23", "until": "2026-11-22"},
        {"who": "x"},
        {"kind": "?"},
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_shows_nothing(client_of, admin, given) -> None:
    client = client_of(admin)
    note_access(kind=AccessKind.SEARCH, by=admin)
    page = client.get(LOG, given)
    assert page.status_code == 422
    assert "Please look at this" in page.content.decode()
    assert client.get(LOG + "export", given).status_code == 422


def test_days_are_those_of_the_reader(client_of, admin, frozen) -> None:
    """It is 10:00 in Shanghai, and 18:00 of the day before for whoever reads in Los Angeles."""
    note_access(kind=AccessKind.SEARCH, by=admin)
    client = client_of(admin)
    assert 'class="main">Searched' in client.get(LOG, {"since": "2026-11-23", "until": "2026-11-23"}).content.decode()
    client.post("/account/time-zone", {"time_zone": "America/Los_Angeles"})
    assert 'class="main">Searched' not in client.get(LOG, {"since": "2026-11-23"}).content.decode()


def test_the_last_day_there_is_bounds_nothing(client_of, admin, frozen) -> None:
    note_access(kind=AccessKind.SEARCH, by=admin)
    page = client_of(admin).get(LOG, {"since": "0001-01-01", "until": "9999-12-31"})
    assert 'class="main">Searched' in page.content.decode()


def test_the_log_is_read_page_by_page(client_of, admin, agent, frozen) -> None:
    for number in range(60):
        note_access(kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=number + 1, by=agent)
        frozen.shift(timedelta(seconds=1))
    client = client_of(admin)
    first = client.get(LOG, {"kind": "customer"})
    following = next(part for part in first.content.decode().split('"') if "before=" in part).replace("&amp;", "&")
    second = client.get(following)

    assert [page.content.decode().count('class="main">Customer page opened') for page in (first, second)] == [50, 10]


def test_the_file_runs_no_formula_and_leaves_a_line_of_its_own(client_of, admin, create_actor, customer) -> None:
    risky = create_actor("account_manager", name='=HYPERLINK("http://evil.example")')
    note_access(
        kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=customer.pk, customer_id=customer.pk, by=risky
    )
    response = client_of(admin).get(LOG + "export", {"kind": "customer"})

    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][1].startswith("'=")
    assert rows[1][4] == customer.number
    assert "no-store" in response["Cache-Control"]
    assert kinds()[-1] == AccessKind.EXPORT


def test_sign_ins_and_refused_ones_stand_there_too(client_of, admin, agent, frozen) -> None:
    from haoke.accounts.models import Staff

    email = Staff.objects.get(pk=agent.id).email
    Client(REMOTE_ADDR="203.0.113.9").post("/sign-in", {"email": email, "password": "wrong"})
    Client(REMOTE_ADDR="203.0.113.9").post("/sign-in", {"email": email, "password": PASSWORD})

    page = client_of(admin).get(LOG, {"who": agent.id}).content.decode()
    assert "Sign-in refused · <bdi>agent 1</bdi>" in page or f"Sign-in refused · <bdi>{agent.name}</bdi>" in page
    assert page.count("203.0.113.*") == 2


def test_the_page_costs_the_same_however_long_it_is(
    client_of, admin, agent, customer, django_assert_num_queries
) -> None:
    client = client_of(admin)

    def asked() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(LOG)
        return len(queries)

    note_access(kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=1, customer_id=customer.pk, by=agent)
    few = asked()
    for number in range(30):
        note_access(
            kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=number + 2, customer_id=customer.pk, by=agent
        )
    assert asked() == few


def test_a_program_that_reads_is_in_the_log_as_well(client, system, customer) -> None:
    from haoke.accounts.services import create_token

    token = create_token(name="import", role="agent", by=system)
    headers = {"Authorization": f"Bearer {token}"}
    client.get("/api/v1/customers", headers=headers)
    client.get(f"/api/v1/customers/{customer.number}", headers=headers)

    assert [(each.kind, each.actor_kind, each.actor_name) for each in Access.objects.order_by("pk")] == [
        (AccessKind.SEARCH, "token", "import"),
        (AccessKind.CUSTOMER, "token", "import"),
    ]
