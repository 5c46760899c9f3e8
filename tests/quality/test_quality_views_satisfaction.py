"""The satisfaction page and its export, for whom and with what in it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.quality.rules import FEWEST
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

PAGE, EXPORT = "/quality/satisfaction", "/quality/satisfaction.csv"


@pytest.fixture
def answered(ask, create_customer):
    asked = ask(create_customer("陈先生", language="en"))
    asked.answer(2, '=HYPERLINK("http://x")<b>慢</b>')
    return asked


def test_the_page_shows_answers_with_their_way_to_the_conversation(answered, supervisor, client_of) -> None:
    page = client_of(supervisor).get(PAGE).content.decode()
    assert f'href="/inbox/{answered.conversation.pk}' in page
    assert answered.customer.number in page
    assert "&lt;b&gt;慢" in page
    assert "<b>慢" not in page


def test_few_answers_are_called_too_few_and_enough_get_an_interval(ask, supervisor, client_of) -> None:
    """METHODS B7, LOOK: number with n and interval, its definition beside it."""
    client = client_of(supervisor)
    for _answer in range(FEWEST - 1):
        ask().answer(5)
    before = client.get(PAGE).content.decode()
    assert "too few to say" in before
    assert f"n = {FEWEST - 1}" in before
    ask().answer(1)
    after = client.get(PAGE).content.decode()
    assert "too few to say" not in after
    assert "92%" in after
    assert "65%–99%" in after
    assert "95% Wilson interval" in after


def test_it_speaks_both_languages(answered, create_actor, team, client_of) -> None:
    for language in ("en", "zh-hans"):
        reader = create_actor("supervisor", team_ids=(team.pk,), language=language)
        page = client_of(reader).get(PAGE)
        assert page.status_code == 200
        assert page["Content-Language"] == language


def test_every_filter_that_makes_no_sense_is_ignored(answered, supervisor, client_of) -> None:
    client = client_of(supervisor)
    for query in ("days=x", "days=7", "team=-1", "team=99999999999999999999", "phase=<", "after=x", "q=%00", "low=on"):
        assert client.get(f"{PAGE}?{query}").status_code == 200, query


def test_the_page_costs_few_queries(ask, supervisor, client_of) -> None:
    """The page itself asks at most eight times, however many answers there are; the frame around it is the shell's."""
    client = client_of(supervisor)
    ask().answer(4)
    client.get(PAGE)
    costs = []
    for _more in range(3):
        ask().answer(2, "慢")
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        costs.append([each["sql"] for each in captured.captured_queries])
    assert len(costs[0]) == len(costs[-1])
    frame = ("django_session", "accounts_staff_teams", "accounts_accessopening", "worklist_item", "SAVEPOINT")
    assert len([sql for sql in costs[-1] if not any(table in sql for table in frame)]) <= 8


def test_the_export_is_plain_text_in_every_spreadsheet(answered, supervisor, client_of) -> None:
    file = client_of(supervisor).get(EXPORT)
    assert file["Content-Type"].startswith("text/csv")
    assert "attachment" in file["Content-Disposition"]
    assert file["Cache-Control"] == "no-store"
    (head, row) = csv.reader(StringIO(file.content.decode("utf-8-sig")))
    cells = dict(zip(head, row, strict=True))
    assert cells["Conversation"] == answered.conversation.reference
    assert (cells["Customer number"], cells["Customer"], cells["Score"]) == (answered.customer.number, "陈先生", "2")
    assert cells["Comment"].startswith("'=HYPERLINK")
    entry = Entry.objects.get(kind="survey_answers.exported")
    assert (entry.audience, entry.actor_id, entry.payload["row_count"]) == ("audit", supervisor.id, 1)


def test_a_quality_manager_reads_and_takes_nothing_away(answered, quality_manager, client_of) -> None:
    """RULINGS, Who sees what: no export."""
    client = client_of(quality_manager)
    page = client.get(PAGE).content.decode()
    assert "陈先生" in page
    assert EXPORT not in page
    assert client.get(EXPORT).status_code == 403
    assert not Entry.objects.filter(kind="survey_answers.exported").exists()


def test_an_export_holds_no_more_than_the_page(answered, other_agent, client_of) -> None:
    file = client_of(other_agent).get(EXPORT)
    assert len(list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))) == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("agent", 200),
        ("account_manager", 200),
        ("supervisor", 200),
        ("quality_manager", 200),
        ("administrator", 403),
        ("field_engineer", 403),
        ("surveyor", 403),
    ],
)
def test_who_may_open_it(create_actor, client_of, client, role, status) -> None:
    assert client_of(create_actor(role)).get(PAGE).status_code == status
    assert client.get(PAGE).status_code == 302
    assert client.get(EXPORT).status_code == 302


def test_nothing_is_changed_by_posting(supervisor, client_of) -> None:
    assert client_of(supervisor).post(PAGE).status_code == 405
