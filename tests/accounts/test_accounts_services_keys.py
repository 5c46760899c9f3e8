"""API tokens, opened access, own passwords and moving in."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from haoke.accounts import errors, queries, services
from haoke.accounts.choices import ABILITIES_OF, Role
from haoke.accounts.models import AccessOpening, ApiToken, Staff
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden, Invalid, Limited, NotFound
from haoke.timeline.models import Entry
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD


def test_of_a_token_only_a_digest_is_kept(admin) -> None:
    clear = services.create_token(name="shop import", role=Role.AGENT, by=admin)

    token = ApiToken.objects.get()
    assert token.digest == hashlib.sha256(clear.encode()).hexdigest()
    everything = [*ApiToken.objects.values_list(), *Entry.objects.values_list()]
    assert clear not in str(everything)
    assert audit_trail()[0].payload == {"token_id": token.pk, "name": "shop import", "role": "agent"}


def test_a_token_acts_as_its_role_in_every_team_until_it_is_revoked(admin) -> None:
    clear = services.create_token(name="shop import", role=Role.AGENT, by=admin)
    actor = queries.actor_of_token(clear)
    assert (actor.kind, actor.abilities, actor.reaches_all_teams) == ("token", ABILITIES_OF[Role.AGENT], True)

    services.revoke_token(token_id=actor.id, by=admin)

    assert queries.actor_of_token(clear) is None
    assert queries.actor_of_token("haoke_guessed") is None
    assert audit_trail()[0].kind == "token.revoked"
    with pytest.raises(NotFound):
        services.revoke_token(token_id=actor.id, by=admin)


def test_tokens_are_the_administrators_and_of_known_roles(admin, supervisor) -> None:
    with pytest.raises(Forbidden):
        services.create_token(name="x", role=Role.AGENT, by=supervisor)
    with pytest.raises(errors.UnknownRole):
        services.create_token(name="x", role="king", by=admin)
    assert not ApiToken.objects.exists()


def test_the_last_use_of_a_token_is_noted_once_a_minute(admin, frozen) -> None:
    services.create_token(name="x", role=Role.AGENT, by=admin)
    token = ApiToken.objects.get()
    services.note_token_use(token.pk)
    first = ApiToken.objects.get().last_used_at
    frozen.shift(timedelta(seconds=59))
    services.note_token_use(token.pk)
    assert ApiToken.objects.get().last_used_at == first
    frozen.shift(timedelta(seconds=2))
    services.note_token_use(token.pk)
    assert ApiToken.objects.get().last_used_at == first + timedelta(seconds=61)


def test_an_administrator_opens_customer_data_for_an_hour_with_a_reason(admin, frozen) -> None:
    assert not queries.actor_of_staff(admin.id).may("access.opened")

    services.open_access(reason="Mail 17 failed, looking for the cause", by=admin)

    assert queries.actor_of_staff(admin.id).may("access.opened")
    assert audit_trail()[0].sentence.endswith("Mail 17 failed, looking for the cause")
    frozen.shift(timedelta(minutes=59, seconds=59))
    assert queries.actor_of_staff(admin.id).may("access.opened")
    frozen.shift(timedelta(seconds=1))
    assert not queries.actor_of_staff(admin.id).may("access.opened")


def test_opened_access_can_be_closed_early_and_leaves_both_facts(admin, frozen) -> None:
    services.open_access(reason="Looking for a fault", by=admin)
    frozen.shift(timedelta(minutes=5))
    services.close_access(by=admin)
    services.close_access(by=admin)

    assert not queries.has_open_access(admin.id)
    assert [line.kind for line in audit_trail(kinds=["access.opened", "access.closed"])] == [
        "access.closed",
        "access.opened",
    ]


def test_access_needs_a_reason_a_person_and_the_ability(admin, agent) -> None:
    machine = Actor(kind="token", id=1, abilities=frozenset({"access.open"}))
    for actor, reason, refusal in (
        (admin, "  ok  ", errors.ReasonNeeded),
        (machine, "a good reason", errors.ReasonNeeded),
        (agent, "a good reason", Forbidden),
    ):
        with pytest.raises(refusal):
            services.open_access(reason=reason, by=actor)
    assert not AccessOpening.objects.exists()


def test_an_own_password_needs_the_present_one(agent) -> None:
    with pytest.raises(errors.WrongPassword):
        services.change_own_password(current="wrong", new="another-long-one", by=agent)
    with pytest.raises(Invalid):
        services.change_own_password(current=PASSWORD, new="short", by=agent)
    assert Staff.objects.get(pk=agent.id).check_password(PASSWORD)
    assert not audit_trail(kinds=["staff.password_changed"])

    services.change_own_password(current=PASSWORD, new="another-long-one", by=agent)

    assert Staff.objects.get(pk=agent.id).check_password("another-long-one")
    assert audit_trail()[0].payload == {"staff_id": agent.id}


def test_guessing_the_present_password_is_slowed_down(agent) -> None:
    for _try in range(10):
        with pytest.raises(errors.WrongPassword):
            services.change_own_password(current="wrong", new="another-long-one", by=agent)
    with pytest.raises(Limited):
        services.change_own_password(current=PASSWORD, new="another-long-one", by=agent)


def test_a_visitor_has_no_password_to_change(db) -> None:
    with pytest.raises(Forbidden):
        services.change_own_password(current="", new="another-long-one", by=Actor.nobody())


def first_administrator(**changes) -> Staff:
    given = {
        "company_name": "昆德精密",
        "name": "李娜",
        "email": "li.na@haoke.example",
        "password": PASSWORD,
        "language": "zh-hans",
    }
    return services.create_first_administrator(**{**given, **changes})


def test_the_first_administrator_opens_the_house_once(db) -> None:
    staff = first_administrator()

    actor = queries.actor_of_staff(staff.pk)
    assert actor.roles == {"administrator", "supervisor", "agent"}
    assert [team.name for team in queries.teams()] == ["客户服务"]
    assert actor.team_ids == {queries.teams()[0].pk}
    assert queries.company_name() == "昆德精密"
    with pytest.raises(errors.NotANewInstallation):
        first_administrator(email="other@haoke.example")
    assert Staff.objects.count() == 1


def test_whoever_only_sets_up_gets_no_customer_role(db) -> None:
    actor = queries.actor_of_staff(first_administrator(also_serves=False).pk)
    assert (actor.roles, actor.team_ids) == ({"administrator"}, frozenset())


def test_a_weak_password_leaves_the_house_empty(db) -> None:
    with pytest.raises(Invalid):
        first_administrator(password="short")
    assert queries.is_new_installation()
    assert queries.teams() == []


def test_a_demo_keeps_its_name_and_a_company_is_named_once_in_the_trail(db) -> None:
    services.mark_installation()
    services.mark_installation(company_name="昆德精密")
    services.mark_installation(company_name="昆德精密")

    assert queries.company_name() == "昆德精密"
    assert len(audit_trail(kinds=["installation.prepared"])) == 2


def test_preferences_are_ones_own_and_known(agent, other_agent) -> None:
    services.change_preferences(language="zh-hans", theme="dark", by=agent)

    actor = queries.actor_of_staff(agent.id)
    assert (actor.language, actor.theme) == ("zh-hans", "dark")
    assert queries.actor_of_staff(other_agent.id).theme == "auto"
    with pytest.raises(errors.UnknownCode):
        services.change_preferences(theme="pink", by=agent)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "  "])
def test_a_token_without_a_name_is_not_made(admin, name) -> None:
    with pytest.raises(errors.NameNeeded):
        services.create_token(name=name, role="agent", by=admin)
    assert not ApiToken.objects.exists()
