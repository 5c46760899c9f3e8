"""Changing an archive."""

from __future__ import annotations

import pytest

from haoke.core.errors import Forbidden, NotFound
from haoke.customers import errors, queries
from haoke.customers.services import edit_customer


def test_only_what_changes_is_changed_recorded_and_found(agent, register, facts) -> None:
    customer = register()
    edited = edit_customer(
        customer_id=customer.pk, version=1, name="李大海", city="宁波市", note="不要打电话", nature="retail", by=agent
    )
    edited.refresh_from_db()
    assert (edited.name, edited.city, edited.version, edited.number) == ("李大海", "宁波市", 2, customer.number)
    (fact,) = facts("customer.edited")
    assert fact.customer_id == customer.pk
    assert fact.payload["changes"] == {"name": ["王小明", "李大海"], "city": ["", "宁波市"], "note": None}
    assert [hit.name for hit in queries.search("ldh", agent)] == ["李大海"]
    assert queries.search("小明", agent) == []


def test_saving_without_a_change_is_no_change(agent, register, facts) -> None:
    customer = register()
    assert edit_customer(customer_id=customer.pk, version=1, name=customer.name, by=agent).version == 1
    assert facts("customer.edited") == []


def test_another_kind_leaves_its_details_behind(agent, register) -> None:
    person = register(honorific="mr", position="采购")
    organisation = edit_customer(
        customer_id=person.pk, version=1, kind="organisation", credit_code="91350100m000100y43", by=agent
    )
    organisation.refresh_from_db()
    assert (organisation.honorific, organisation.position) == ("", "")
    assert organisation.credit_code == "91350100M000100Y43"


def test_a_stale_version_is_a_conflict_and_changes_nothing(agent, register, facts) -> None:
    customer = register()
    edit_customer(customer_id=customer.pk, version=1, city="宁波市", by=agent)
    with pytest.raises(errors.CustomerChanged) as conflict:
        edit_customer(customer_id=customer.pk, version=1, city="温州市", by=agent)
    assert conflict.value.details["current"] == 2
    customer.refresh_from_db()
    assert (customer.city, customer.version, len(facts("customer.edited"))) == ("宁波市", 2, 1)


def test_editing_needs_the_ability_and_the_reach(quality_manager, account_manager, register, facts) -> None:
    customer = register()
    for actor, refusal in ((quality_manager, Forbidden), (account_manager, NotFound)):
        with pytest.raises(refusal):
            edit_customer(customer_id=customer.pk, version=1, name="谁", by=actor)
    customer.refresh_from_db()
    assert (customer.name, customer.version, facts("customer.edited")) == ("王小明", 1, [])
