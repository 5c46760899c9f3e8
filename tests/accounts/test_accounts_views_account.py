"""One's own account: what it shows, and what one changes there."""

from __future__ import annotations

import pytest

from haoke.accounts import queries
from haoke.accounts.models import Staff


def test_it_shows_who_one_is_and_where_one_is_signed_in(client_of, agent) -> None:
    here, elsewhere = client_of(agent), client_of(agent)
    page = here.get("/account").content.decode()

    for words in (Staff.objects.get(pk=agent.id).email, "Second factor", "Where you are signed in", "This one"):
        assert words in page
    assert page.count("/ending") == 2
    assert elsewhere.session.session_key not in page


def test_one_session_or_all_others_end_by_a_button(client_of, agent) -> None:
    here, elsewhere, third = client_of(agent), client_of(agent), client_of(agent)
    name = queries.session_name(elsewhere.session.session_key)
    assert here.post(f"/account/sessions/{name}/ending")["Location"] == "/account"
    assert elsewhere.get("/account").status_code == 302
    assert third.get("/account").status_code == 200

    here.post("/account/sessions/others/ending")
    assert third.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_ending_the_session_one_is_in_is_signing_out(client_of, agent) -> None:
    here = client_of(agent)
    name = queries.session_name(here.session.session_key)
    assert here.post(f"/account/sessions/{name}/ending")["Location"] == "/sign-in"
    assert here.get("/account").status_code == 302


def test_whoever_changes_their_own_roles_stays_signed_in(client_of, admin, create_actor) -> None:
    """Their session must not vanish under the very request that changes it."""
    client = client_of(admin)
    staff = Staff.objects.get(pk=admin.id)
    given = {
        "name": staff.name,
        "email": staff.email,
        "roles": ["administrator", "agent"],
        "is_active": "on",
        "version": 1,
    }
    assert client.post(f"/settings/staff/{admin.id}", given)["Location"] == "/settings/staff/"
    assert client.get("/account").status_code == 200


def test_an_unknown_session_is_not_found(client_of, agent, other_agent) -> None:
    theirs = queries.session_name(client_of(other_agent).session.session_key)
    for name in ("0" * 32, theirs):
        assert client_of(agent).post(f"/account/sessions/{name}/ending").status_code == 404


@pytest.mark.parametrize(
    ("zone", "status", "kept"), [("Europe/Berlin", 302, "Europe/Berlin"), ("", 302, ""), ("Mars/Base", 422, "")]
)
def test_times_are_shown_in_ones_own_zone(client_of, agent, zone, status, kept) -> None:
    client = client_of(agent)
    assert client.post("/account/time-zone", {"time_zone": zone}).status_code == status
    assert queries.actor_of_staff(agent.id).time_zone == kept


def test_zones_are_named_in_the_readers_language(client_of, create_actor) -> None:
    assert "东京" in client_of(create_actor("agent", language="zh-hans")).get("/account").content.decode()
    assert "Tokyo" in client_of(create_actor("agent")).get("/account").content.decode()


def test_the_page_costs_the_same_however_many_sessions(client_of, agent, django_assert_max_num_queries) -> None:
    for _each in range(12):
        client = client_of(agent)
    with django_assert_max_num_queries(14):
        client.get("/account")
