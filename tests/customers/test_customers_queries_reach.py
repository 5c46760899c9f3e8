"""Who sees which customers (RULINGS, Who sees what)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from haoke.accounts import queries as accounts
from haoke.accounts import services as staff
from haoke.accounts.models import Area
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.customers import queries
from haoke.customers.models import Customer
from haoke.customers.services import end_ownership, give_owner


@pytest.fixture
def customers(register, system, agent, account_manager, other_agent, team, other_team) -> dict[str, Customer]:
    """One customer for every way of being somebody's."""
    made = {name: register(name) for name in ("own", "backup", "team", "theirs", "pool")}

    def give(name: str, **owner) -> None:
        give_owner(customer_id=made[name].pk, reason="测试", by=system, **owner)

    give("own", staff_id=account_manager.id)
    give("backup", staff_id=other_agent.id)
    give("backup", kind="backup", staff_id=account_manager.id)
    give("team", staff_id=other_agent.id)
    give("team", kind="team", team_id=team.pk)
    give("theirs", staff_id=other_agent.id)
    return made


def seen(actor: Actor) -> set[str]:
    return set(queries.visible_customers(actor).values_list("name", flat=True))


ALL = {"own", "backup", "team", "theirs", "pool"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("agent", ALL),
        ("quality_manager", ALL),
        ("system", ALL),
        ("account_manager", {"own", "backup", "team"}),
        ("supervisor", {"own", "backup", "team", "pool"}),
        ("field_engineer", set()),
        ("admin", set()),
        ("surveyor", set()),
    ],
)
def test_each_role_sees_its_customers(role, expected, customers, request) -> None:
    assert seen(request.getfixturevalue(role)) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("account_manager", {"own", "backup", "team"}),
        ("supervisor", {"own", "backup", "team"}),
        ("agent", set()),
        ("quality_manager", set()),
    ],
)
def test_the_public_pool_is_in_nobodys_care(role, expected, customers, request) -> None:
    cared_for = queries.customers_in_care(request.getfixturevalue(role))
    assert set(cared_for.values_list("name", flat=True)) == expected


def test_nobody_and_customers_see_nobody(customers) -> None:
    assert seen(Actor.nobody()) == set()
    assert seen(Actor.customer(customers["own"].pk)) == set()


def test_roles_add_up(customers, create_actor, team) -> None:
    both = create_actor("field_engineer", "account_manager", team_ids=(team.pk,))
    assert seen(both) == {"team"}
    assert seen(create_actor("administrator", "agent")) == ALL


def test_an_administrator_sees_customers_only_after_giving_a_reason(customers, admin) -> None:
    staff.open_access(reason="核对投诉材料", by=admin)
    assert seen(accounts.actor_of_staff(admin.id)) == ALL


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("agent", ALL),
        ("supervisor", ALL),
        ("account_manager", ALL),
        ("field_engineer", set()),
        ("administrator", set()),
    ],
)
def test_a_token_reaches_what_its_role_reaches_in_all_teams(role, expected, customers, system) -> None:
    clear = staff.create_token(name="集成", role=role, by=system)
    assert seen(accounts.actor_of_token(clear)) == expected


def test_a_supervisor_sees_the_subtree_of_own_areas(customers, supervisor, system, register) -> None:
    province = Area.objects.create(code="330000", name="浙江省")
    city = Area.objects.create(code="330100", name="杭州市", parent=province)
    away = Area.objects.create(code="320000", name="江苏省")
    for name, area in (("near", city), ("far", away)):
        customer = register(name, area_id=area.pk)
        give_owner(customer_id=customer.pk, staff_id=system_owner(customers), reason="测试", by=system)
    with_area = replace(supervisor, area_ids=accounts.area_subtree([province.pk]))
    assert seen(with_area) - seen(supervisor) == {"near"}


def system_owner(customers: dict[str, Customer]) -> int:
    """The colleague of the other team."""
    return queries.primary_owner(customers["theirs"].pk) or 0


def test_an_ended_ownership_gives_no_reach(customers, account_manager, system) -> None:
    (owner,) = queries.owners_of(customers["own"].pk)
    end_ownership(customer_id=customers["own"].pk, ownership_id=owner.ownership_id, reason="离职", by=system)
    assert seen(account_manager) == {"backup", "team"}


def test_merged_customers_are_nobodys(customers, agent, system) -> None:
    Customer.objects.filter(pk=customers["pool"].pk).update(status="merged", merged_into=customers["own"])
    assert seen(agent) == ALL - {"pool"}
    assert queries.family_ids(customers["own"].pk) == [customers["own"].pk, customers["pool"].pk]


def test_what_is_out_of_reach_is_not_found(customers, account_manager, django_assert_num_queries) -> None:
    for ask in (
        lambda: queries.customer_by_number(customers["theirs"].number, account_manager),
        lambda: queries.customer_by_id(customers["theirs"].pk, account_manager),
        lambda: queries.profile(customers["theirs"].number, account_manager),
        lambda: queries.customer_by_number("K\0", account_manager),
    ):
        with pytest.raises(NotFound):
            ask()
    with django_assert_num_queries(1):
        found = queries.customer_by_number(customers["own"].number.lower(), account_manager)
    assert found == customers["own"]
