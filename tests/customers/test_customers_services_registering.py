"""Opening an archive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from haoke.core.actor import Actor
from haoke.core.errors import Forbidden, Refusal
from haoke.customers import errors
from haoke.customers.models import ContactPoint, Customer, Ownership
from haoke.customers.services import register_customer

PARALLEL = 100


def test_registering_keeps_the_details_and_tells_of_it(agent, facts, frozen) -> None:
    """S0-67: the basic data; S0-68: a number by rule."""
    customer = register_customer(
        kind="person",
        name=" 王小明 ",
        honorific="mr",
        language="zh-hans",
        source="customer",
        province="浙江省",
        city="杭州市",
        contact_points=[("phone", "138 0013 8000", "公司"), ("mail", "Wang@Example.com", "")],
        by=agent,
    )
    customer.refresh_from_db()
    assert (customer.number, customer.name, customer.version) == (f"K{customer.serial:06d}", "王小明", 1)
    assert customer.completeness == 100
    points = customer.contact_points.order_by("pk")
    assert list(points.values_list("kind", "value", "normalised", "label", "is_primary")) == [
        ("phone", "138 0013 8000", "+8613800138000", "公司", True),
        ("mail", "Wang@Example.com", "wang@example.com", "", True),
    ]
    registered, phone, mail = facts("customer.registered", "contact_point.added")
    assert (registered.customer_id, registered.actor_id) == (customer.pk, agent.id)
    assert registered.payload == {"number": customer.number, "customer_kind": "person"}
    assert [entry.payload["masked"] for entry in (phone, mail)] == ["138****8000", "W***@Example.com"]
    assert "13800138000" not in str([entry.payload for entry in facts()])


def test_only_an_account_manager_becomes_the_owner_by_registering(agent, account_manager, register) -> None:
    assert not Ownership.objects.filter(customer=register(by=agent)).exists()
    owned = Ownership.objects.get(customer=register(by=account_manager))
    assert (owned.kind, owned.staff_id, owned.ended_at) == ("primary", account_manager.id, None)


def test_an_owner_can_be_named_by_those_who_may(agent, supervisor, account_manager, register) -> None:
    given = register(by=supervisor, owner_id=account_manager.id)
    assert Ownership.objects.get(customer=given).staff_id == account_manager.id
    with pytest.raises(Forbidden):
        register(by=agent, owner_id=account_manager.id)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, errors.NameNeeded),
        ({"name": "王" * 201}, errors.TextTooLong),
        ({"kind": "animal"}, errors.UnknownCode),
        ({"credit_code": "91350100M000100Y43"}, errors.DetailOfAnotherKind),
        ({"area_id": 2**40}, errors.UnknownArea),
        ({"contact_points": [("phone", "none", "")]}, errors.NotAPhoneNumber),
        ({"contact_points": [("phone", "10086", ""), ("phone", " 10086", "")]}, errors.ContactPointKnown),
        ({"owner_id": 2**40}, errors.OwnerNotUsable),
    ],
)
def test_a_refused_registration_leaves_nothing_behind(wrong, refusal: type[Refusal], register, facts) -> None:
    with pytest.raises(refusal):
        register(**wrong)
    assert not Customer.objects.exists()
    assert not ContactPoint.objects.exists()
    assert facts() == []


@pytest.mark.parametrize("role", ["quality_manager", "admin", "field_engineer", "surveyor"])
def test_registering_needs_the_ability(role: str, request: pytest.FixtureRequest, register, facts) -> None:
    actor = request.getfixturevalue(role)
    known = len(facts())
    with pytest.raises(Forbidden):
        register(by=actor)
    assert not Customer.objects.exists()
    assert len(facts()) == known


def test_the_database_refuses_to_change_a_number(register) -> None:
    """S0-68: the archive number is immutable."""
    customer = register()
    for change in ({"number": "K999999"}, {"serial": 999999}):
        with pytest.raises(IntegrityError, match="given once"), transaction.atomic():
            Customer.objects.filter(pk=customer.pk).update(**change)
    customer.refresh_from_db()
    assert customer.number == f"K{customer.serial:06d}"


def test_a_number_that_was_rolled_back_is_never_given_again(register) -> None:
    """S0-68: gaps, but no reuse."""
    with pytest.raises(errors.OwnerNotUsable):
        register(owner_id=2**40)
    lost = register().serial
    assert register().serial == lost + 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_a_hundred_numbers() -> None:
    """S0-68: 100 parallel creates → 100 distinct numbers."""
    together = Barrier(PARALLEL)

    def register_one(place: int) -> str:
        together.wait(timeout=60)
        try:
            return register_customer(kind="person", name=f"客户 {place}", by=Actor.system()).number
        finally:
            connection.close()

    with ThreadPoolExecutor(PARALLEL) as threads:
        numbers = list(threads.map(register_one, range(PARALLEL)))
    assert len(set(numbers)) == PARALLEL
    assert set(Customer.objects.values_list("number", flat=True)) == set(numbers)
