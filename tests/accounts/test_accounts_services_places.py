"""Teams, areas and the supervisors who see them."""

from __future__ import annotations

import pytest

from haoke.accounts import errors, queries, services
from haoke.accounts.choices import Role
from haoke.accounts.models import Area, Team
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD


def test_a_team_is_created_and_renamed_with_a_fact_each(admin) -> None:
    team = services.create_team(name=" 售后组 ", by=admin)
    services.rename_team(team_id=team.pk, name="售后一组", by=admin)

    assert queries.team_names([team.pk]) == {team.pk: "售后一组"}
    renamed, created = audit_trail()[:2]
    assert (created.kind, created.payload) == ("team.created", {"team_id": team.pk, "name": "售后组"})
    assert (renamed.kind, renamed.payload) == (
        "team.renamed",
        {"team_id": team.pk, "old": "售后组", "name": "售后一组"},
    )


def test_a_team_may_change_the_capitals_of_its_own_name_but_not_take_anothers(admin) -> None:
    support = services.create_team(name="Support", by=admin)
    sales = services.create_team(name="Sales", by=admin)
    services.rename_team(team_id=support.pk, name="SUPPORT", by=admin)

    with pytest.raises(errors.TeamNameTaken):
        services.create_team(name="support", by=admin)
    with pytest.raises(errors.TeamNameTaken):
        services.rename_team(team_id=sales.pk, name="support", by=admin)

    assert sorted(Team.objects.values_list("name", flat=True)) == ["SUPPORT", "Sales"]


def test_only_whoever_sets_up_staff_makes_places(supervisor, team) -> None:
    for attempt in (
        lambda: services.create_team(name="x", by=supervisor),
        lambda: services.rename_team(team_id=team.pk, name="x", by=supervisor),
        lambda: services.create_area(code="31", name="x", by=supervisor),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert not Area.objects.exists()


@pytest.fixture
def shanghai(admin) -> Area:
    return services.create_area(code="310000", name="上海市", by=admin)


def test_areas_form_a_tree_in_the_order_of_their_codes(admin, shanghai) -> None:
    services.create_area(code="310115", name="浦东新区", parent_id=shanghai.pk, by=admin)
    services.create_area(code="310101", name="黄浦区", parent_id=shanghai.pk, by=admin)
    services.create_area(code="110000", name="北京市", by=admin)

    tree = [(depth, area.name) for depth, area in queries.area_tree()]
    assert tree == [(0, "北京市"), (0, "上海市"), (1, "黄浦区"), (1, "浦东新区")]
    assert audit_trail()[0].payload["code"] == "110000"


def test_an_area_needs_a_code_of_its_own_and_a_parent_that_exists(admin, shanghai) -> None:
    with pytest.raises(errors.AreaCodeTaken):
        services.create_area(code="310000", name="x", by=admin)
    with pytest.raises(NotFound):
        services.create_area(code="310115", name="x", parent_id=shanghai.pk + 1, by=admin)


def test_a_supervisor_reaches_everything_below_their_areas_and_an_agent_nothing(admin, shanghai) -> None:
    pudong = services.create_area(code="310115", name="浦东新区", parent_id=shanghai.pk, by=admin)
    given = {"password": PASSWORD, "area_ids": [shanghai.pk], "by": admin}
    supervisor = services.create_staff(name="a", email="a@haoke.example", roles=[Role.SUPERVISOR], **given)
    agent = services.create_staff(name="b", email="b@haoke.example", roles=[Role.AGENT], **given)

    assert queries.actor_of_staff(supervisor.pk).area_ids == {shanghai.pk, pudong.pk}
    assert queries.actor_of_staff(agent.pk).area_ids == frozenset()
