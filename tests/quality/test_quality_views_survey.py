"""The customer's page: nothing happens by looking, one answer by sending, and a way on from every dead end."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from haoke.core.models import RateWindow
from haoke.quality.models import SurveyAnswer
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """A customer's browser: not signed in, and checked for forged forms as in real life."""
    return Client(enforce_csrf_checks=True)


def send(visitor: Client, path: str, **fields: object):
    """Opens the page and sends its form, as a browser does."""
    form = visitor.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
    return visitor.post(path, {"csrfmiddlewaretoken": token, **fields})


def test_looking_records_nothing(asked, visitor) -> None:
    """RULINGS, Mail, surveys, pages: mail scanners open links."""
    facts = Entry.objects.count()
    for _scan in range(3):
        assert visitor.get(asked.path, {"score": "1"}).status_code == 200
        assert visitor.head(asked.path).status_code == 200
    assert not SurveyAnswer.objects.exists()
    assert Entry.objects.count() == facts


def test_it_says_what_it_is_about_and_no_word_of_the_messages(asked, visitor) -> None:
    page = visitor.get(asked.path).content.decode()
    assert asked.conversation.reference in page
    assert "周三上午" not in page
    assert "保养预约" not in page
    assert "陈先生" not in page
    assert page.count('type="radio"') == 5


def test_sending_records_and_thanks(asked, visitor) -> None:
    answer = send(visitor, asked.path, score="2", comment="等了三天\r\n没人回")
    assert answer.status_code == 302
    recorded = SurveyAnswer.objects.get()
    assert (recorded.score, recorded.comment) == (2, "等了三天\n没人回")
    thanks = visitor.get(answer["Location"])
    assert thanks.status_code == 200
    assert "等了三天" in thanks.content.decode()
    assert Entry.objects.get(kind="survey.answered").actor_name == "陈先生"


def test_sending_again_changes_the_one_answer(asked, visitor) -> None:
    send(visitor, asked.path, score="2")
    send(visitor, asked.path, score="5", comment="解决了")
    assert [(each.score, each.comment) for each in SurveyAnswer.objects.all()] == [(5, "解决了")]


@pytest.mark.parametrize(
    "fields",
    [{}, {"score": ""}, {"score": "6"}, {"score": "0"}, {"score": "two"}, {"score": "3", "comment": "很" * 2001}],
)
def test_what_is_missing_is_said_and_nothing_is_lost(asked, visitor, fields) -> None:
    page = send(visitor, asked.path, **{"comment": "我的话", **fields})
    assert page.status_code == 422
    assert fields.get("comment", "我的话") in page.content.decode()
    assert "field-error" in page.content.decode()
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("comment", ["😀🎉", "‮مرحبا", "<script>alert(1)</script>", "很" * 2000, "\r\n" * 900 + "x"])
def test_any_words_are_taken_and_shown_as_words(asked, visitor, comment) -> None:
    answer = send(visitor, asked.path, score="3", comment=comment)
    assert answer.status_code == 302
    page = visitor.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page


def test_a_forged_form_is_refused(asked, visitor) -> None:
    assert visitor.post(asked.path, {"score": "1"}).status_code == 403
    assert not SurveyAnswer.objects.exists()


def test_an_expired_link_explains_itself(frozen, asked, visitor) -> None:
    asked.answer(4)
    frozen.shift(timedelta(days=28))
    page = visitor.get(asked.path)
    assert page.status_code == 410
    assert "support@haoke.example" in page.content.decode()
    assert "<form" not in page.content.decode()


def test_an_expired_link_takes_nothing(frozen, asked, visitor) -> None:
    form = visitor.get(asked.path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
    frozen.shift(timedelta(days=28))
    assert visitor.post(asked.path, {"csrfmiddlewaretoken": token, "score": "1"}).status_code == 410
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "💥", "a" * 3000])
def test_an_unknown_link_is_a_friendly_page(channel, visitor, token) -> None:
    page = visitor.get(f"/s/{token}")
    assert page.status_code == 404
    assert "support@haoke.example" in page.content.decode()


def test_it_speaks_the_customers_language(ask, create_customer, visitor) -> None:
    """Not the browser's; a plain link switches, and the answer comes back in the language it was given in."""
    chinese, english = (ask(create_customer(language=language)) for language in ("zh-hans", "en"))
    assert visitor.get(chinese.path, headers={"accept-language": "en"})["Content-Language"] == "zh-hans"
    page = visitor.get(english.path, headers={"accept-language": "zh-CN"})
    assert page["Content-Language"] == "en"
    assert "How was our service" in page.content.decode()
    assert 'href="?lang=zh-hans"' in page.content.decode()
    switched = visitor.get(chinese.path, {"lang": "en"})
    assert "How was our service" in switched.content.decode()
    assert f'action="{chinese.path}?lang=en"' in switched.content.decode()
    assert visitor.get(chinese.path, {"lang": "xx"})["Content-Language"] == "zh-hans"


def test_nobody_keeps_or_passes_on_the_page(asked, visitor) -> None:
    page = visitor.get(asked.path)
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.content.decode()
    assert "haoke_session" not in page.cookies


def test_it_needs_no_script_and_little_to_load(asked, visitor) -> None:
    """LOOK, Public pages: first paint under 30 kB."""
    page = visitor.get(asked.path).content
    assert b"<script" not in page
    assert b"<img" not in page
    sheets = re.findall(rb'rel="stylesheet" href="/static/([^"]+)"', page)
    assert sheets
    weight = len(page) + sum(Path(finders.find(sheet.decode())).stat().st_size for sheet in sheets)
    assert weight < 30_000


def test_a_link_is_not_hammered(asked, visitor) -> None:
    for score in range(20):
        assert send(visitor, asked.path, score=str(score % 5 + 1)).status_code == 302
    held_back = send(visitor, asked.path, score="1")
    assert held_back.status_code == 429
    assert int(held_back["Retry-After"]) > 0


def test_an_address_does_not_guess_links(visitor, db) -> None:
    visitor.get("/s/guess")
    RateWindow.objects.filter(key="survey:address:127.0.0.1").update(hits=300)
    assert visitor.get("/s/guess").status_code == 429


def test_the_page_costs_few_queries(asked, visitor, django_assert_max_num_queries) -> None:
    visitor.get(asked.path)
    with django_assert_max_num_queries(4):
        visitor.get(asked.path)
