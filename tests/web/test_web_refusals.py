"""Pages that say no."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from haoke.core.actor import Actor
from haoke.core.errors import Conflict, Forbidden, Invalid, Limited, NotFound, Unavailable
from haoke.web.views.refusals import refusal_page


def answer(refusal, **headers):
    request = RequestFactory().get("/somewhere?q=1", headers=headers)
    request.actor = Actor.nobody()
    return refusal_page(request, refusal)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "refusal", [Forbidden(), NotFound(), Conflict(), Invalid(), Limited(retry_after=7), Unavailable()]
)
def test_each_refusal_has_its_status_its_sentence_and_a_way_on(refusal) -> None:
    response = answer(refusal)

    page = response.content.decode()
    assert response.status_code == refusal.status
    assert str(refusal) in page
    assert 'href="/"' in page
    assert ('href="/somewhere?q=1"' in page) == (refusal.status in (429, 503))
    assert response.get("Retry-After") == ("7" if refusal.status == 429 else None)


@pytest.mark.django_db
def test_the_way_back_leads_to_the_page_before_and_never_out_of_the_house() -> None:
    assert 'href="/inbox?page=2"' in answer(NotFound(), Referer="http://testserver/inbox?page=2").content.decode()
    assert "evil.example" not in answer(NotFound(), Referer="https://evil.example/").content.decode()


@pytest.mark.django_db
def test_a_part_of_a_page_gets_a_sentence_in_the_corner_and_keeps_what_it_shows() -> None:
    response = answer(Conflict(), **{"HX-Request": "true"})

    assert (response.status_code, response["HX-Retarget"]) == (409, "#toasts")
    assert "<html" not in response.content.decode()
    assert str(Conflict()) in response.content.decode()


def test_an_unknown_address_is_a_calm_page_for_visitors_and_colleagues(client, client_of, agent) -> None:
    for each in (client, client_of(agent)):
        response = each.get("/no/such/page")
        assert response.status_code == 404
        assert "</html>" in response.content.decode()


def test_a_missing_safety_mark_says_what_to_do(client_of, agent) -> None:
    response = client_of(agent, enforce_csrf_checks=True).post("/sign-out")

    assert response.status_code == 403
    assert "reload it and send again" in response.content.decode()


def test_a_colleague_reads_refusals_in_their_language(client_of, create_actor) -> None:
    page = client_of(create_actor("agent", language="zh-hans")).get("/settings/tokens/").content.decode()
    assert '<html lang="zh-Hans"' in page


def test_no_page_says_what_broke_inside(client: Client) -> None:
    from haoke.web.views.refusals import broken

    page = broken(RequestFactory().get("/")).content.decode()
    assert "请稍后再试" in page
    assert "try again soon" in page
