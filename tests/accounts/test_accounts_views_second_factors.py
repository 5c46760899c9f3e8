"""Setting a second factor up and signing in with it, as pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.conf import settings as house
from django.test import Client

from haoke.accounts import queries, services
from haoke.accounts.models import Staff
from haoke.accounts.services.codes import MOST_CODES
from haoke.accounts.views.freshness import FRESH_SECONDS
from haoke.accounts.views.sessions import SECONDS_FOR_THE_CODE
from haoke.core import clock
from tests.conftest import PASSWORD

SETTING_UP = "/account/second-factor/set-up"


def email_of(actor) -> str:
    return Staff.objects.get(pk=actor.id).email


def sign_in(actor, *, wanted: str = "") -> tuple[Client, str]:
    client = Client(headers={"Accept-Language": "en"})
    response = client.post("/sign-in", {"email": email_of(actor), "password": PASSWORD, "next": wanted})
    return client, response["Location"]


def set_up(client: Client) -> tuple[pyotp.TOTP, list[str]]:
    """By the pages alone: the key is read where a person reads it."""
    client.post("/account/second-factor/beginning")
    page = client.get(SETTING_UP).content.decode()
    app = pyotp.TOTP(re.search(r'class="key"[^>]*>([A-Z2-7-]+)<', page).group(1).replace("-", ""))
    shown = client.post(SETTING_UP, {"code": app.at(clock.now())})
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    return app, re.findall(r"<li>([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})</li>", shown.content.decode())


def is_signed_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_it_is_set_up_in_three_pages_and_asked_for_afterwards(agent, frozen) -> None:
    client, _place = sign_in(agent)
    app, codes = set_up(client)
    assert len(codes) == 10
    assert "10 recovery codes are left" in client.get("/account").content.decode()

    frozen.shift(timedelta(minutes=1))
    other, place = sign_in(agent, wanted="/account?tab=1")
    assert place == "/sign-in/code"
    assert not is_signed_in(other)
    between = other.cookies[house.SESSION_COOKIE_NAME].value
    response = other.post("/sign-in/code", {"code": app.at(clock.now())})

    assert response["Location"] == "/account?tab=1"
    assert other.cookies[house.SESSION_COOKIE_NAME].value != between
    assert is_signed_in(other)


def test_every_other_session_ends_when_it_is_switched_on(agent, client_of) -> None:
    elsewhere = client_of(agent)
    client, _place = sign_in(agent)
    set_up(client)

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_the_picture_is_kept_nowhere_and_shown_to_nobody_else(agent, other_agent) -> None:
    client, _place = sign_in(agent)
    client.post("/account/second-factor/beginning")
    picture = client.get("/account/second-factor/picture")

    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert picture.content.startswith(b"<?xml")
    others, _place = sign_in(other_agent)
    assert others.get("/account/second-factor/picture").status_code == 404
    set_up(client)
    assert client.get("/account/second-factor/picture").status_code == 404


def test_a_wrong_code_comes_back_with_a_sentence_and_nobody_is_in(agent, frozen) -> None:
    set_up(sign_in(agent)[0])
    client, _place = sign_in(agent)
    response = client.post("/sign-in/code", {"code": "000000"})

    assert response.status_code == 422
    assert "used before" in response.content.decode()
    assert not is_signed_in(client)


def test_guessing_at_the_second_step_ends_in_waiting(agent, frozen) -> None:
    set_up(sign_in(agent)[0])
    client, _place = sign_in(agent)
    for number in range(MOST_CODES):
        client.post("/sign-in/code", {"code": f"{number:06}"})
    assert client.post("/sign-in/code", {"code": "123456"}).status_code == 429


def test_a_recovery_code_lets_one_in_once(agent, frozen) -> None:
    _app, codes = set_up(sign_in(agent)[0])
    first, _place = sign_in(agent)
    assert "recovery code" in first.get("/sign-in/code?recovery").content.decode()
    assert first.post("/sign-in/code?recovery", {"code": codes[0]})["Location"] == "/"
    second, _place = sign_in(agent)
    assert second.post("/sign-in/code?recovery", {"code": codes[0]}).status_code == 422


def test_the_code_has_five_minutes(agent, frozen) -> None:
    app, _codes = set_up(sign_in(agent)[0])
    client, _place = sign_in(agent)
    frozen.shift(timedelta(seconds=SECONDS_FOR_THE_CODE + 1))
    response = client.post("/sign-in/code", {"code": app.at(clock.now())})

    assert response["Location"] == "/sign-in?late"
    assert "five minutes" in client.get(response["Location"]).content.decode()
    assert not is_signed_in(client)


def test_without_the_password_there_is_no_second_step(db, agent) -> None:
    assert Client().get("/sign-in/code")["Location"] == "/sign-in?late"


def test_keys_are_changed_only_by_whoever_typed_the_password_lately(agent, frozen) -> None:
    client, _place = sign_in(agent)
    frozen.shift(timedelta(seconds=FRESH_SECONDS + 1))
    asked = client.post("/account/second-factor/beginning", headers={"Referer": "http://testserver/account"})
    assert asked["Location"] == "/account/confirmation?next=%2Faccount"

    assert client.post("/account/confirmation", {"password": "wrong", "next": "/account"}).status_code == 422
    back = client.post("/account/confirmation", {"password": PASSWORD, "next": "https://evil.example/"})
    assert back["Location"] == "/account"
    assert client.post("/account/second-factor/beginning")["Location"] == SETTING_UP


def test_switching_off_by_page_asks_for_both(agent, frozen) -> None:
    client, _place = sign_in(agent)
    app, _codes = set_up(client)
    frozen.shift(timedelta(minutes=1))
    address = "/account/second-factor/removal"
    for given in ({"password": PASSWORD, "code": "000000"}, {"password": "wrong", "code": app.at(clock.now())}):
        assert client.post(address, given).status_code == 422
    assert client.post(address, {"password": PASSWORD, "code": app.at(clock.now())})["Location"] == "/account"
    assert sign_in(agent)[1] == "/"


@pytest.fixture
def rule_for_all(admin) -> None:
    services.mark_installation(company_name="好客")
    services.set_second_factor_rule(rule="everybody", by=admin)


def test_whoever_must_have_one_sets_it_up_before_anything_else_opens(rule_for_all, agent) -> None:
    client, place = sign_in(agent, wanted="/inbox/")
    assert place == "/account/second-factor"
    for address in ("/", "/account", "/inbox/", "/account/second-factor/removal"):
        assert client.get(address)["Location"] == "/account/second-factor", address
    part = client.get("/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (403, "/account/second-factor")
    assert "asks for a second factor" in client.get("/account/second-factor").content.decode()

    client.post("/account/second-factor/beginning")
    page = client.get(SETTING_UP).content.decode()
    app = pyotp.TOTP(re.search(r'class="key"[^>]*>([A-Z2-7-]+)<', page).group(1).replace("-", ""))
    assert 'href="/inbox/"' in client.post(SETTING_UP, {"code": app.at(clock.now())}).content.decode()
    assert client.get("/").status_code == 200


def test_whoever_must_may_still_leave_and_change_the_language(rule_for_all, agent) -> None:
    client, _place = sign_in(agent)
    assert client.post("/preferences/language", {"language": "en"}).status_code == 302
    assert client.post("/sign-out")["Location"] == "/sign-in"


def test_an_administrator_sees_and_helps(agent, admin, frozen) -> None:
    set_up(sign_in(agent)[0])
    client, _place = sign_in(admin)
    page = client.get(f"/settings/staff/{agent.id}").content.decode()
    assert "Take the second factor away" in page
    assert "1 place" in page

    address = f"/settings/staff/{agent.id}/second-factor/reset"
    assert "signed out everywhere" in client.get(address).content.decode()
    assert client.post(address)["Location"] == f"/settings/staff/{agent.id}"
    assert not queries.has_second_factor(agent.id)
    frozen.shift(timedelta(seconds=FRESH_SECONDS + 1))
    assert client.get(address)["Location"].startswith("/account/confirmation")


def test_the_rule_is_set_on_a_page_that_says_how_the_house_stands(admin, client_of) -> None:
    services.mark_installation(company_name="好客")
    client = client_of(admin)
    assert "0 of 1" in client.get("/settings/sign-in").content.decode()
    assert client.post("/settings/sign-in", {"rule": "leading"}).status_code == 302
    assert "Administrators and supervisors" in client.get("/settings/sign-in").content.decode()
    assert client.post("/settings/sign-in", {"rule": "martians"}).status_code == 422
    assert queries.second_factor_rule() == "leading"
