"""The pages for staff, teams, areas, tokens and opened access."""

from __future__ import annotations

import pytest

from haoke.accounts import queries, services
from haoke.accounts.models import ApiToken, Area, Staff, Team
from tests.conftest import PASSWORD

NEW_COLLEAGUE = {
    "name": "李娜", "email": "li.na@haoke.example", "roles": ["agent"], "password": PASSWORD, "language": "en",
}  # fmt: skip


def edit_of(staff: Staff, **changes) -> dict:
    known = {
        "name": staff.name,
        "email": staff.email,
        "roles": staff.roles,
        "is_active": "on",
        "version": staff.version,
    }
    return {**known, **changes}


@pytest.fixture
def office(client_of, admin):
    return client_of(admin)


PAGES = ("staff/", "staff/new", "teams/", "teams/new", "areas/", "areas/new", "tokens/", "tokens/new")


@pytest.mark.parametrize("page", PAGES)
def test_every_settings_page_opens_for_the_administrator_alone(page, office, client_of, agent) -> None:
    assert office.get(f"/settings/{page}").status_code == 200
    assert client_of(agent).get(f"/settings/{page}").status_code == 403


def test_a_supervisor_sees_staff_but_changes_nothing(client_of, supervisor, agent) -> None:
    client = client_of(supervisor)
    page = client.get("/settings/staff/").content.decode()

    assert agent.name in page
    assert "/settings/staff/new" not in page
    for address in ("/settings/staff/new", f"/settings/staff/{agent.id}", "/settings/teams/new", "/settings/tokens/"):
        assert client.get(address).status_code == 403
    assert client.post("/settings/staff/new", NEW_COLLEAGUE).status_code == 403
    assert not Staff.objects.filter(email="li.na@haoke.example").exists()


def test_a_new_colleague_can_sign_in(office, client, team) -> None:
    response = office.post("/settings/staff/new", {**NEW_COLLEAGUE, "team_ids": [team.pk]})
    assert response["Location"] == "/settings/staff/"

    client.post("/sign-in", {"email": "li.na@haoke.example", "password": PASSWORD})
    assert "李娜" in client.get("/account").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles"),
        ({"email": "administrator1@haoke.example"}, "email"),
        ({"password": "short"}, "password"),
        ({"team_ids": ["999999"]}, "team_ids"),
        ({"name": "nul\0byte"}, "name"),
        ({"name": "名" * 101}, "name"),
    ],
)
def test_a_mistake_is_shown_at_its_field(office, team, changes, field) -> None:
    response = office.post("/settings/staff/new", {**NEW_COLLEAGUE, **changes})

    assert response.status_code == 422
    assert f'id="id_{field}-error"' in response.content.decode()
    assert Staff.objects.count() == 1


def test_emoji_and_right_to_left_names_are_names(office) -> None:
    office.post("/settings/staff/new", {**NEW_COLLEAGUE, "name": "سارة 🌸"})
    assert "سارة 🌸" in office.get("/settings/staff/").content.decode()


def test_a_conflict_shows_both_versions_and_the_next_save_is_a_decision(office, admin, agent) -> None:
    staff = Staff.objects.get(pk=agent.id)
    mine = edit_of(staff, name="Mine")
    office.post(f"/settings/staff/{agent.id}", edit_of(staff, name="Theirs"))

    response = office.post(f"/settings/staff/{agent.id}", mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "<td>Theirs</td><td>Mine</td>" in page
    assert 'name="version" value="2"' in page
    assert Staff.objects.get(pk=agent.id).name == "Theirs"
    assert office.post(f"/settings/staff/{agent.id}", {**mine, "version": 2}).status_code == 302
    assert Staff.objects.get(pk=agent.id).name == "Mine"


def test_the_last_administrator_is_told_why_they_stay(office, admin) -> None:
    staff = Staff.objects.get(pk=admin.id)
    response = office.post(f"/settings/staff/{admin.id}", {**edit_of(staff), "is_active": ""})

    assert response.status_code == 422
    assert "last active administrator" in response.content.decode()


@pytest.mark.parametrize("address", ["staff/999999", "teams/999999", "tokens/999999/revocation", f"staff/{10**30}"])
def test_what_does_not_exist_is_not_found(office, address) -> None:
    assert office.get(f"/settings/{address}").status_code == 404


def test_teams_are_created_and_renamed(office) -> None:
    office.post("/settings/teams/new", {"name": "售后组"})
    team = Team.objects.get()
    office.post(f"/settings/teams/{team.pk}", {"name": "售后一组"})
    assert "售后一组" in office.get("/settings/teams/").content.decode()

    assert office.post("/settings/teams/new", {"name": "售后一组"}).status_code == 422


def test_areas_are_added_below_each_other(office) -> None:
    office.post("/settings/areas/new", {"code": "310000", "name": "上海市", "parent_id": ""})
    shanghai = Area.objects.get()
    assert f'value="{shanghai.pk}" selected' in office.get(f"/settings/areas/new?below={shanghai.pk}").content.decode()

    office.post("/settings/areas/new", {"code": "310115", "name": "浦东新区", "parent_id": shanghai.pk})

    assert Area.objects.get(code="310115").parent == shanghai
    assert office.post("/settings/areas/new", {"code": "31-01", "name": "x"}).status_code == 422


def test_a_token_is_shown_once(office) -> None:
    response = office.post("/settings/tokens/new", {"name": "shop import", "role": "agent"})
    page = response.content.decode()
    clear = page.split('value="haoke_')[1].split('"')[0]

    assert queries.actor_of_token(f"haoke_{clear}").name == "shop import"
    assert "no-store" in response["Cache-Control"]
    assert clear not in office.get("/settings/tokens/").content.decode()


def test_revoking_a_token_asks_first_and_cannot_be_done_by_a_link(office, admin) -> None:
    clear = services.create_token(name="shop import", role="agent", by=admin)
    address = f"/settings/tokens/{ApiToken.objects.get().pk}/revocation"

    assert "shop import" in office.get(address).content.decode()
    assert queries.actor_of_token(clear)

    assert office.post(address)["Location"] == "/settings/tokens/"
    assert queries.actor_of_token(clear) is None
    assert office.post(address).status_code == 404


def test_opened_customer_data_is_announced_on_every_page_until_closed(office, client_of, agent) -> None:
    assert office.post("/access", {"reason": "   "}).status_code == 422
    announcement = "Customer data is open to you"
    assert announcement not in office.get("/account").content.decode()

    office.post("/access", {"reason": "Looking for a lost mail"})

    assert announcement in office.get("/account").content.decode()
    assert "Looking for a lost mail" in office.get("/access").content.decode()
    office.post("/access/closing")
    assert announcement not in office.get("/account").content.decode()
    assert client_of(agent).post("/access", {"reason": "a good reason"}).status_code == 403


def test_lists_cost_the_same_however_long_they_are(office, create_actor, team, django_assert_max_num_queries) -> None:
    for _number in range(5):
        create_actor("agent", team_ids=(team.pk,))
    for address in ("/settings/staff/", "/settings/teams/"):
        with django_assert_max_num_queries(14):
            assert office.get(address).status_code == 200
