"""Giving colleagues access and changing it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from haoke.accounts import errors, queries, services
from haoke.accounts.choices import ABILITIES, ABILITIES_OF, Role
from haoke.accounts.models import Staff
from haoke.core.errors import Forbidden, Invalid, NotFound
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD


def change(staff: Staff, *, by, **changes):
    known = {"name": staff.name, "email": staff.email, "roles": staff.roles, "team_ids": [], "version": staff.version}
    return services.change_staff(staff_id=staff.pk, **{**known, **changes}, by=by)


@pytest.fixture
def colleague(agent) -> Staff:
    return Staff.objects.get(pk=agent.id)


@pytest.fixture
def the_admin(admin) -> Staff:
    return Staff.objects.get(pk=admin.id)


def test_a_new_colleague_has_what_their_roles_allow_and_a_fact(admin, team) -> None:
    staff = services.create_staff(
        name=" 李娜 ", email="Li.Na@Haoke.Example", password=PASSWORD, roles=["agent", "supervisor", "agent"],
        team_ids=[team.pk], by=admin,
    )  # fmt: skip

    actor = queries.actor_of_staff(staff.pk)
    assert (staff.name, staff.email, staff.roles) == ("李娜", "li.na@haoke.example", ["agent", "supervisor"])
    assert actor.abilities == ABILITIES_OF[Role.AGENT] | ABILITIES_OF[Role.SUPERVISOR]
    assert actor.team_ids == {team.pk}
    line = audit_trail()[0]
    assert (line.kind, line.subject_id, line.by) == ("staff.created", staff.pk, admin.name)
    assert line.payload == {"staff_id": staff.pk, "name": "李娜", "roles": ["agent", "supervisor"]}
    assert staff.password != PASSWORD
    assert staff.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"password": "short"}, Invalid),
        ({"password": "password12"}, Invalid),
        ({"roles": []}, errors.UnknownRole),
        ({"roles": ["king"]}, errors.UnknownRole),
        ({"team_ids": [999_999]}, errors.UnknownPlace),
        ({"email": "ADMINISTRATOR1@haoke.example"}, errors.AddressTaken),
    ],
)
def test_a_refused_colleague_leaves_no_trace(admin, wrong, refusal) -> None:
    given = {"name": "李娜", "email": "li.na@haoke.example", "password": PASSWORD, "roles": ["agent"]}
    before = audit_trail()

    with pytest.raises(refusal):
        services.create_staff(**{**given, **wrong}, by=admin)

    assert Staff.objects.count() == 1
    assert audit_trail() == before


def test_only_an_administrator_gives_access(supervisor, colleague) -> None:
    with pytest.raises(Forbidden):
        services.create_staff(name="x", email="x@haoke.example", password=PASSWORD, roles=["agent"], by=supervisor)
    with pytest.raises(Forbidden):
        change(colleague, name="x", by=supervisor)


def test_a_change_names_old_and_new_but_never_a_password(admin, colleague, team, other_team) -> None:
    changed = change(
        colleague,
        name="王芳",
        roles=["quality_manager"],
        team_ids=[other_team.pk],
        password="another-long-one",
        by=admin,
    )

    assert (changed.name, changed.roles, changed.version) == ("王芳", ["quality_manager"], 2)
    assert changed.check_password("another-long-one")
    assert audit_trail()[0].payload["changes"] == {
        "name": [colleague.name, "王芳"],
        "roles": [["agent"], ["quality_manager"]],
        "password": ["", ""],
        "team_ids": [[team.pk], [other_team.pk]],
    }


def test_a_stale_version_is_a_conflict_and_changes_nothing(admin, colleague, team) -> None:
    change(colleague, name="王芳", team_ids=[team.pk], by=admin)

    with pytest.raises(errors.StaffChanged):
        change(colleague, name="李娜", by=admin)

    colleague.refresh_from_db()
    assert (colleague.name, colleague.version) == ("王芳", 2)
    assert queries.actor_of_staff(colleague.pk).team_ids == {team.pk}


def test_an_unknown_colleague_is_not_found(admin, colleague) -> None:
    colleague.pk = 999_999
    with pytest.raises(NotFound):
        change(colleague, by=admin)


@pytest.mark.parametrize("changes", [{"roles": ["agent"]}, {"is_active": False}])
def test_the_last_administrator_stays_one(admin, the_admin, changes) -> None:
    with pytest.raises(errors.LastAdministrator):
        change(the_admin, **changes, by=admin)

    the_admin.refresh_from_db()
    assert (the_admin.roles, the_admin.is_active, the_admin.version) == (["administrator"], True, 1)


def test_one_of_two_administrators_may_go(admin, the_admin, create_actor) -> None:
    create_actor(Role.ADMINISTRATOR)

    change(the_admin, is_active=False, by=admin)

    assert not queries.actor_of_staff(the_admin.pk).is_signed_in


def test_an_administrator_who_left_does_not_count_as_another(admin, the_admin, create_actor) -> None:
    other = Staff.objects.get(pk=create_actor(Role.ADMINISTRATOR).id)
    change(other, is_active=False, by=admin)

    with pytest.raises(errors.LastAdministrator):
        change(the_admin, is_active=False, by=admin)


def test_the_database_keeps_addresses_in_one_spelling(db, colleague) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=colleague.pk).update(email="Agent@haoke.example")


def test_every_role_is_made_of_known_abilities() -> None:
    assert set(ABILITIES_OF) == set(Role.values)
    assert frozenset().union(*ABILITIES_OF.values()) <= set(ABILITIES)
    assert ABILITIES_OF[Role.SURVEYOR] == frozenset()
