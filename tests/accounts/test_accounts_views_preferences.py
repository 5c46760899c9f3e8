"""Language and theme, switched from any page by a plain form."""

from __future__ import annotations

import pytest

from haoke.accounts import queries


def test_a_visitor_keeps_language_and_theme_in_the_browser(client, agent) -> None:
    response = client.post(
        "/preferences/language", {"language": "en"}, headers={"Referer": "http://testserver/sign-in?next=/a"}
    )
    assert response["Location"] == "/sign-in?next=/a"
    client.post("/preferences/theme", {"theme": "dark"})

    page = client.get("/sign-in").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    client.post("/preferences/language", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/sign-in").content.decode()


def test_a_colleague_keeps_them_on_every_device(client_of, agent) -> None:
    client = client_of(agent)
    client.post("/preferences/language", {"language": "zh-hans"})
    response = client.post("/preferences/theme", {"theme": "light"})

    actor = queries.actor_of_staff(agent.id)
    assert (actor.language, actor.theme) == ("zh-hans", "light")
    assert response.cookies["haoke_theme"].value == "light"
    assert '<html lang="zh-Hans" data-theme="light">' in client.get("/account").content.decode()


@pytest.mark.parametrize("referer", ["https://evil.example/page", "//evil.example", ""])
def test_a_switch_never_leads_out_of_the_house(client, db, referer) -> None:
    response = client.post("/preferences/theme", {"theme": "dark"}, headers={"Referer": referer})
    assert response["Location"] == "/"


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("theme", {"theme": "pink"}),
        ("theme", {}),
        ("language", {"language": "tlh"}),
        ("language", {"language": "en\0"}),
    ],
)
def test_an_unknown_choice_changes_nothing(client_of, agent, address, given) -> None:
    client = client_of(agent)
    response = client.post(f"/preferences/{address}", given)

    assert response.status_code == 422
    assert "haoke_theme" not in response.cookies
    assert queries.actor_of_staff(agent.id) == agent


def test_switching_is_a_post(client, db) -> None:
    assert client.get("/preferences/theme").status_code == 405
