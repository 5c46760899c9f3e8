"""The pages of policies and calendars: happy, forbidden, invalid, in both languages."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haoke.policies.models import CalendarDay
from haoke.policies.queries import as_of, calendar, history, is_working_day, working_calendar

pytestmark = pytest.mark.django_db


class FormReader(HTMLParser):
    """Collects what a browser would send back from the page: every named field with its value."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.open_textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        is_chosen = found.get("type") not in ("radio", "checkbox") or "checked" in found
        if tag == "input" and name and is_chosen:
            self.fields[name] = found.get("value") or ""
        self.open_textarea = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self.open_textarea:
            self.fields[self.open_textarea] = data.strip()


def main_of(page: str) -> str:
    """The page without the frame around it."""
    return page.partition('<main id="content"')[2].partition("</main>")[0]


def fields_of(page: str) -> dict[str, str]:
    """The fields of the page's own form; the frame around it has forms without a version."""
    reader = FormReader()
    reader.feed(main_of(page))
    assert "version" in reader.fields
    return reader.fields


READING = [
    "/settings/policies/",
    "/settings/policies/survey_cap",
    "/settings/calendars/",
    "/settings/calendars/china/2026",
]
CHANGING = [
    "/settings/calendars/china/2026-2-14",
    "/settings/calendars/china/hours",
    "/settings/calendars/china/imports",
]


@pytest.mark.parametrize("address", READING)
def test_who_may_view_reads_and_others_are_refused(address: str, supervisor, agent, client_of) -> None:
    assert client_of(supervisor).get(address).status_code == 200
    assert client_of(agent).get(address).status_code == 403


@pytest.mark.parametrize("address", CHANGING)
def test_who_may_change_gets_the_forms_and_others_are_refused(address: str, admin, supervisor, client_of) -> None:
    assert client_of(admin).get(address).status_code == 200
    assert client_of(supervisor).get(address).status_code == 403


@pytest.mark.parametrize(
    "type",
    [
        "number_rule",
        "survey_cap",
        "survey_expiry",
        "low_score",
        "minutes_suggested",
        "attachment_limit",
        "automatic_mail_caps",
        "service_floor",
    ],
)
def test_every_policy_comes_back_through_its_own_form_unchanged(type: str, admin, client_of) -> None:
    """What the form shows is what is stored: sending it back is told to change nothing."""
    client = client_of(admin)
    data = {**fields_of(client.get(f"/settings/policies/{type}").text), "reason": "the same"}
    answer = client.post(f"/settings/policies/{type}/versions", data)
    assert answer.status_code == 422
    assert "This is what applies at that moment already." in answer.text
    assert len(history(type)) == 1


def test_a_change_is_written_down_and_shown_with_its_author(admin, client_of) -> None:
    client = client_of(admin)
    data = {"version": 1, "days": 45, "reason": "Customers asked for fewer."}
    answer = client.post("/settings/policies/survey_cap/versions", data, follow=True)
    assert as_of("survey_cap").days == 45
    assert "Customers asked for fewer." in answer.text
    assert admin.name in client.get("/settings/policies/").text


def test_a_change_may_be_planned_in_the_time_of_the_wall_and_withdrawn(admin, client_of) -> None:
    client = client_of(admin)
    data = {"version": 1, "days": 45, "reason": "next year", "valid_from": "2040-01-01T00:00"}
    client.post("/settings/policies/survey_cap/versions", data)
    planned = history("survey_cap")[0]
    assert planned.valid_from.isoformat() == "2039-12-31T16:00:00+00:00"
    client.post(f"/settings/policies/survey_cap/versions/{planned.pk}/withdrawal")
    assert [row.version for row in history("survey_cap")] == [1]


@pytest.mark.parametrize(
    "data",
    [
        {"days": "-1", "reason": "x", "version": 1},
        {"days": "many", "reason": "x", "version": 1},
        {"days": "9" * 400, "reason": "x", "version": 1},
        {"days": "45", "reason": "", "version": 1},
        {"days": "45", "reason": "x" * 501, "version": 1},
        {"days": "45", "reason": "🙂\u202e", "version": 5},
        {"days": "45", "reason": "x\x00", "version": 1},
        {},
    ],
)
def test_bad_input_comes_back_as_a_form(data: dict, admin, client_of) -> None:
    assert client_of(admin).post("/settings/policies/survey_cap/versions", data).status_code == 422
    assert len(history("survey_cap")) == 1


def test_who_only_views_changes_nothing(supervisor, client_of) -> None:
    data = {"version": 1, "days": 45, "reason": "x"}
    assert client_of(supervisor).post("/settings/policies/survey_cap/versions", data).status_code == 403
    assert "<form" not in main_of(client_of(supervisor).get("/settings/policies/survey_cap").text)


def test_a_missing_token_is_refused(admin, client_of) -> None:
    client = client_of(admin, enforce_csrf_checks=True)
    answer = client.post("/settings/policies/survey_cap/versions", {"version": 1, "days": 45, "reason": "x"})
    assert answer.status_code == 403
    assert as_of("survey_cap").days == 30


@pytest.mark.parametrize(
    "address",
    [
        "/settings/policies/weather",
        "/settings/calendars/mars/2026",
        "/settings/calendars/china/1999",
        "/settings/calendars/china/2026-2-30",
        "/settings/calendars/china/99999999-1-1",
    ],
)
def test_what_does_not_exist_is_not_found(address: str, admin, client_of) -> None:
    assert client_of(admin).get(address).status_code == 404


def test_a_day_is_marked_and_made_ordinary_again(admin, client_of) -> None:
    client, address = client_of(admin), "/settings/calendars/china/2026-12-5"
    data = {"version": 1, "kind": "work", "name": "盘点", "hours": "09:00-11:00"}
    assert client.post(address, data).status_code == 302
    assert is_working_day(date(2026, 12, 5), working_calendar())
    assert "09:00-11:00" in client.get(address).text
    client.post(f"{address}/clearance")
    assert not CalendarDay.objects.filter(on=date(2026, 12, 5)).exists()


def test_a_stale_page_is_a_conflict_and_the_next_try_decides(admin, client_of) -> None:
    client, address = client_of(admin), "/settings/calendars/china/2026-12-5"
    client.post("/settings/calendars/china/2026-12-6", {"version": 1, "kind": "off"})
    answer = client.post(address, {"version": 1, "kind": "work"})
    assert answer.status_code == 422
    assert client.post(address, fields_of(answer.text)).status_code == 302
    assert is_working_day(date(2026, 12, 5), working_calendar())


def test_weekly_hours_come_back_through_their_form(admin, client_of) -> None:
    client, address = client_of(admin), "/settings/calendars/china/hours"
    before = working_calendar().week
    data = fields_of(client.get(address).text)
    assert client.post(address, data).status_code == 302
    assert working_calendar().week == before
    answer = client.post(address, {**data, "version": 2, "weekday_6": "12:00-09:00"})
    assert answer.status_code == 422
    assert "12:00-09:00" in answer.text


def test_an_import_reports_every_row_it_left_out(admin, client_of) -> None:
    client, address = client_of(admin), "/settings/calendars/china/imports"
    file = SimpleUploadedFile("2027.csv", "2027-02-06,off,春节\n<b>sometime</b>,off,\n".encode())
    answer = client.post(address, {"version": 1, "year": 2027, "source": "国办", "file": file})
    assert answer.status_code == 200
    assert "1 day was taken over." in answer.text
    assert "&lt;b&gt;sometime&lt;/b&gt;" in answer.text
    assert "There is no date in the form 2027-02-06." in answer.text
    assert not is_working_day(date(2027, 2, 6), working_calendar())


def test_another_file_is_refused_beside_its_field(admin, client_of) -> None:
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0")
    answer = client_of(admin).post(
        "/settings/calendars/china/imports", {"version": 1, "year": 2027, "source": "-", "file": file}
    )
    assert answer.status_code == 422
    assert "This file is neither a JSON list nor a table" in answer.text
    assert calendar("china").version == 1


def test_the_year_marks_days_with_a_word_and_a_name(create_actor, client_of) -> None:
    page = client_of(create_actor("supervisor")).get("/settings/calendars/china/2026").text
    assert page.count('class="calendar-month"') == 12
    assert "day off · 春节" in page
    assert "make-up workday · 春节" in page
