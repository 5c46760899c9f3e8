"""The settings of forms, and what came by them."""

from __future__ import annotations

from html import escape, unescape

import pytest

from haoke.accounts.services import open_access
from haoke.web_forms.models import WebForm
from tests.web_forms.conftest import TEXT

LIST = "/settings/web-forms/"


@pytest.fixture
def lead(create_actor, other_team):
    return create_actor("supervisor", team_ids=(other_team.pk,))


def typed(values, **changes):
    given = {name: value for name, value in values.items() if value is not False}
    return {name: ("on" if value is True else value) for name, value in {**given, **changes}.items()}


def test_an_administrator_makes_a_form_and_is_shown_how_to_use_it(client_of, admin, values) -> None:
    client = client_of(admin)
    response = client.post(f"{LIST}new", typed(values, sites="https://www.example.com"))
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "/f/contact" in page
    assert "&lt;iframe" in page
    assert client.get(LIST).content.decode().count("/f/contact") == 1


def test_what_is_copied_to_the_site_stays_one_frame_whatever_the_title(client_of, admin, web_form, values) -> None:
    client = client_of(admin)
    title = 'A "b"><script>alert(1)</script>'
    client.post(f"{LIST}{web_form.pk}", typed(values, title_en=title, sites="https://www.example.com", version=1))
    page = client.get(f"{LIST}{web_form.pk}").content.decode()
    copied = unescape(page.split('name="snippet"')[1].split(">", 1)[1].split("</textarea>")[0])
    assert copied.count("<") == 2
    assert f'title="{escape(title)}"' in copied


@pytest.mark.parametrize(
    ("changes", "field"), [({"key": "a b"}, "key"), ({"sites": "example.com"}, "sites"), ({"team_id": "x"}, "team_id")]
)
def test_a_mistake_is_shown_at_its_field(client_of, admin, values, changes, field) -> None:
    response = client_of(admin).post(f"{LIST}new", typed(values, **changes))
    assert response.status_code == 422
    assert f'id="id_{field}-error"' in response.content.decode()
    assert not WebForm.objects.exists()


def test_without_a_mailbox_one_is_led_to_it(client_of, admin, team) -> None:
    assert "First a mailbox" in client_of(admin).get(f"{LIST}new").content.decode()


def test_a_change_is_saved_and_a_stale_one_is_not(client_of, admin, web_form, values) -> None:
    client = client_of(admin)
    address = f"{LIST}{web_form.pk}"
    assert client.post(address, typed(values, name="New", version=1)).status_code == 302
    stale = client.post(address, typed(values, name="Newer", version=1))
    assert stale.status_code == 422
    assert "in the meantime" in stale.content.decode()
    assert WebForm.objects.get().name == "New"


def test_the_quarantine_shows_cause_and_words_to_whoever_serves_customers(client_of, lead, submit, web_form) -> None:
    submit(trap="x")
    client = client_of(lead)
    page = client.get(f"{LIST}{web_form.pk}/submissions").content.decode()
    assert TEXT[:20] in page
    assert "people do not see" in page
    assert "wang@customer.example" in page


def test_an_administrator_reads_no_words_without_a_reason(client_of, admin, submit, web_form) -> None:
    """RULINGS: no message bodies without a logged reason."""
    submit(trap="x")
    client = client_of(admin)
    page = client.get(f"{LIST}{web_form.pk}/submissions").content.decode()
    assert TEXT[:20] not in page
    assert "wang@customer.example" not in page
    assert "王小明" not in page
    assert "Let it in" in page

    open_access(reason="Checking the spam rules", by=admin)
    assert TEXT[:20] in client.get(f"{LIST}{web_form.pk}/submissions").content.decode()


def test_letting_in_and_rejecting_are_one_press_and_can_be_undone(client_of, lead, submit, web_form, run_jobs) -> None:
    first, second = submit(trap="x"), submit(trap="x", text="another")
    client = client_of(lead)
    here = f"{LIST}{web_form.pk}/submissions"
    assert client.post(f"{LIST}submissions/{first.pk}/release")["Location"] == here
    assert client.post(f"{LIST}submissions/{second.pk}/rejection")["Location"] == here
    assert f"{LIST}submissions/{second.pk}/release" in client.get(here).content.decode()
    run_jobs()
    assert "HK-" in client.get(f"{here}?state=filed").content.decode()
    assert client.post(f"{LIST}submissions/{first.pk}/rejection").status_code == 409


def test_the_list_costs_the_same_however_many_came(
    client_of, lead, submit, web_form, django_assert_max_num_queries
) -> None:
    for number in range(20):
        submit(trap="x", text=f"text {number}", address=f"203.0.{number}.1")
    client = client_of(lead)
    with django_assert_max_num_queries(14):
        client.get(f"{LIST}{web_form.pk}/submissions")
    with django_assert_max_num_queries(14):
        client.get(LIST)


@pytest.mark.parametrize("state", ["nonsense", "", "filed", "failed", "stored", "rejected"])
def test_every_state_has_its_page(client_of, lead, web_form, state) -> None:
    assert client_of(lead).get(f"{LIST}{web_form.pk}/submissions?state={state}").status_code == 200
