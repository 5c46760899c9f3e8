"""Signing in and out, and what a session is worth."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from haoke.accounts import queries, services
from haoke.accounts.models import Staff
from haoke.accounts.services.signing_in import MOST_TRIES_PER_MAIL_ADDRESS
from tests.conftest import PASSWORD

SIGN_IN = "/sign-in"


@pytest.fixture
def email(agent) -> str:
    return Staff.objects.get(pk=agent.id).email


def sign_in(client: Client, email: str, *, password: str = PASSWORD, wanted: str = ""):
    return client.post(SIGN_IN, {"email": email, "password": password, "next": wanted})


def is_signed_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_signing_in_opens_the_house_and_gives_the_session_a_new_key(client, email) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    response = sign_in(client, email)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert is_signed_in(client)


def test_signing_in_brings_language_and_theme_along(client, agent, email) -> None:
    services.change_preferences(theme="dark", by=agent)

    response = sign_in(client, email)

    assert response.cookies["haoke_theme"].value == "dark"
    assert response.cookies["haoke_language"].value == "en"


def test_a_wrong_password_comes_back_with_a_sentence_and_without_the_password(client, email) -> None:
    response = sign_in(client, email, password="not-the-password")

    page = response.content.decode()
    assert response.status_code == 422
    assert "do not belong together" in page or "不" in page
    assert "not-the-password" not in page
    assert not is_signed_in(client)


def test_too_many_tries_are_told_when_to_come_back(client, email) -> None:
    for _try in range(MOST_TRIES_PER_MAIL_ADDRESS):
        sign_in(client, email, password="wrong")

    response = sign_in(client, email)

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/settings/staff/?q=1", "/settings/staff/?q=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/account", "/account"),
    ],
)
def test_after_signing_in_one_lands_in_this_house_only(client, email, wanted, location) -> None:
    assert sign_in(client, email, wanted=wanted)["Location"] == location


def test_a_visitor_is_sent_to_sign_in_and_back(client, email) -> None:
    response = client.get("/account?tab=1")
    assert response["Location"] == "/sign-in?next=/account%3Ftab%3D1"

    page = client.get(response["Location"]).content.decode()
    assert 'value="/account?tab=1"' in page
    assert client.post("/account/password", {})["Location"] == "/sign-in?next=/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client, email) -> None:
    response = client.get("/account", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (401, SIGN_IN)


def test_an_empty_house_leads_to_its_first_page(client, db) -> None:
    assert client.get("/account")["Location"].startswith("/welcome")
    assert client.get(SIGN_IN)["Location"] == "/welcome"


def test_signing_out_is_a_post_and_ends_the_session(client_of, agent) -> None:
    client = client_of(agent)
    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)

    assert client.post("/sign-out")["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_signing_in_and_out_need_the_safety_mark(client_of, agent, email) -> None:
    client = client_of(agent, enforce_csrf_checks=True)
    for address in ("/sign-out", "/preferences/theme", "/account/password"):
        assert client.post(address, {}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(SIGN_IN, {"email": email, "password": PASSWORD}).status_code == 403
    assert is_signed_in(client)


def test_a_colleague_who_left_is_out_at_once(client_of, agent, email, admin) -> None:
    client = client_of(agent)
    assert is_signed_in(client)

    services.change_staff(
        staff_id=agent.id, version=1, name="x", email=email, roles=["agent"], team_ids=[], is_active=False, by=admin
    )

    assert not is_signed_in(client)
    assert not queries.actor_of_session(client.session.session_key).is_signed_in


def test_a_new_password_ends_every_session_but_the_one_it_was_chosen_in(client_of, agent) -> None:
    here, elsewhere = client_of(agent), client_of(agent)
    assert is_signed_in(elsewhere)

    response = here.post(
        "/account/password", {"current": PASSWORD, "new": "another-long-one", "again": "another-long-one"}
    )

    assert response["Location"] == "/account"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not queries.actor_of_session(elsewhere.session.session_key).is_signed_in


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"current": "wrong"}, "current"),
        ({"again": "different-long-one"}, "again"),
        ({"new": "short", "again": "short"}, "new"),
    ],
)
def test_a_refused_password_says_at_which_field(client_of, agent, changes, field) -> None:
    given = {"current": PASSWORD, "new": "another-long-one", "again": "another-long-one", **changes}

    response = client_of(agent).post("/account/password", given)

    assert response.status_code == 422
    assert f'id="id_{field}-error"' in response.content.decode()
    assert Staff.objects.get(pk=agent.id).check_password(PASSWORD)


def test_settings_hash_passwords_with_argon2() -> None:
    """The tests' own cheap hasher stands in no setting."""
    from haoke.config import settings as real

    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
