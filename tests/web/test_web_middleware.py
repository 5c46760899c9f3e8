"""The edge of every page: who is let in, in which language, and with which words to the browser."""

from __future__ import annotations

import pytest
from django.test import Client

from haoke.accounts.models import Staff
from tests.conftest import PASSWORD


@pytest.fixture
def visitor(agent) -> Client:
    """Somebody who is not signed in, at a house where people work."""
    return Client(headers={"Accept-Language": "en"})


def sign_in(client: Client, wanted: str):
    email = Staff.objects.values_list("email", flat=True).get()
    return client.post("/sign-in", {"email": email, "password": PASSWORD, "next": wanted})


def test_a_visitor_signs_in_and_comes_back_to_where_they_wanted(visitor) -> None:
    response = visitor.get("/inbox/?view=mine&q=a%26b")
    assert response["Location"] == "/sign-in?next=/inbox/%3Fview%3Dmine%26q%3Da%2526b"

    form = visitor.get(response["Location"]).content.decode()
    assert 'value="/inbox/?view=mine&amp;q=a%26b"' in form
    assert sign_in(visitor, "/inbox/?view=mine&q=a%26b")["Location"] == "/inbox/?view=mine&q=a%26b"


def test_a_form_that_was_sent_too_late_is_not_repeated_by_signing_in(visitor) -> None:
    assert visitor.post("/account/password", {"new": "x"})["Location"] == "/sign-in?next=/"


def test_a_block_of_an_open_page_sends_the_whole_page_to_sign_in(visitor) -> None:
    """htmx would put the sign-in page into the corner of the one that is open."""
    response = visitor.get("/inbox/", headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (401, "/sign-in")
    assert response.content == b""


def test_an_empty_house_is_moved_into_first(db) -> None:
    assert Client().get("/")["Location"] == "/welcome?next=/"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//e.example",
    ],
)
def test_signing_in_never_leads_out_of_the_house(visitor, wanted) -> None:
    assert sign_in(visitor, wanted)["Location"] == "/"


@pytest.mark.parametrize("slashes", ["//", "///", "/\\", "//\\"])
def test_an_address_of_ours_that_ends_in_a_foreign_host_stays_a_path(visitor, slashes) -> None:
    """A browser reads //evil.example as a host; after our own name it passed as one of our pages."""
    assert sign_in(visitor, f"http://testserver{slashes}evil.example/")["Location"] == "/evil.example/"


def test_switching_the_language_leads_back_and_never_out(client_of, agent) -> None:
    client = client_of(agent)

    def after(referer: str) -> str:
        return client.post("/preferences/language", {"language": "en"}, headers={"Referer": referer})["Location"]

    assert after("http://testserver/inbox/?view=mine") == "/inbox/?view=mine"
    assert after("https://evil.example/inbox/") == "/"


def test_a_form_without_its_safety_mark_is_refused_calmly(client_of, agent) -> None:
    response = client_of(agent, enforce_csrf_checks=True).post("/account/password", {"new": "x"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "reload it and send again" in page
    assert "CSRF verification failed" not in page


@pytest.mark.parametrize("address", ["/sign-in", "/", "/no/such/page", "/api/v1/customers"])
def test_the_browser_is_told_to_run_nothing_foreign(client_of, agent, address) -> None:
    response = client_of(agent).get(address)

    policy = response["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_pages_hold_no_script_and_no_style_of_their_own(client_of, agent) -> None:
    page = client_of(agent).get("/").content.decode()

    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_session_cookie_is_for_the_server_alone(visitor) -> None:
    sign_in(visitor, "/")

    cookie = visitor.cookies["haoke_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("headers", "cookie", "spoken"),
    [
        ({"Accept-Language": "zh-CN,zh;q=0.9"}, None, "zh-Hans"),
        ({"Accept-Language": "en-GB"}, None, "en"),
        ({"Accept-Language": "fr"}, None, "zh-Hans"),
        ({"Accept-Language": "zh-CN"}, "en", "en"),
        ({"Accept-Language": "en"}, "xx", "en"),
    ],
)
def test_a_visitor_is_spoken_to_in_the_cookies_or_the_browsers_language(agent, headers, cookie, spoken) -> None:
    client = Client(headers=headers)
    if cookie:
        client.cookies["haoke_language"] = cookie

    response = client.get("/sign-in")

    assert f'<html lang="{spoken}"' in response.content.decode()
    assert response["Content-Language"] == {"zh-Hans": "zh-hans", "en": "en"}[spoken]


def test_a_colleague_is_spoken_to_in_their_own_language(client_of, create_actor) -> None:
    client = client_of(create_actor("agent", language="zh-hans"))
    client.cookies["haoke_language"] = "en"

    assert '<html lang="zh-Hans"' in client.get("/account", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("pink", "auto"), ('"><b', "auto")]
)
def test_the_theme_is_one_of_ours(visitor, cookie, theme) -> None:
    visitor.cookies["haoke_theme"] = cookie

    assert f'data-theme="{theme}"' in visitor.get("/sign-in").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_unknown_address_is_a_page_in_the_readers_language(client_of, create_actor, language) -> None:
    response = client_of(create_actor("agent", language=language)).get("/no/such/page")

    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert 'href="/"' in page


@pytest.mark.parametrize("address", ["/inbox/999999999999", "/customers/K999999", "/inbox/99999999999999999999999"])
def test_what_is_not_there_is_not_found(client_of, agent, address) -> None:
    assert client_of(agent).get(address).status_code == 404


def test_a_refusal_keeps_its_status_as_a_page_and_as_a_block(client_of, agent) -> None:
    client = client_of(agent)

    page = client.get("/settings/tokens/")
    block = client.get("/settings/tokens/", headers={"HX-Request": "true"})

    assert (page.status_code, block.status_code) == (403, 403)
    assert "</html>" in page.content.decode()
    assert "<html" not in block.content.decode()
    assert block["HX-Retarget"] == "#toasts"


def test_whoever_left_is_signed_out_at_once(client_of, agent) -> None:
    client = client_of(agent)
    assert client.get("/").status_code == 200

    Staff.objects.filter(pk=agent.id).update(is_active=False)

    assert client.get("/")["Location"] == "/sign-in?next=/"


def test_the_health_of_the_house_is_told_to_everybody(client, db) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").content) == (200, b"ok")
