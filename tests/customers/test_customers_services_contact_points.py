"""Adding, removing and revealing contact points."""

from __future__ import annotations

import pytest

from haoke.core.errors import Forbidden, NotFound
from haoke.customers import errors, queries
from haoke.customers.models import ContactPoint
from haoke.customers.services import add_contact_point, remove_contact_point, reveal_contact_point
from haoke.timeline.choices import Audience
from haoke.timeline.queries import customer_history


def test_a_new_contact_point_is_found_at_once(agent, register, facts) -> None:
    customer = register()
    first = add_contact_point(customer_id=customer.pk, kind="phone", value="0571 8888 6666", by=agent)
    second = add_contact_point(customer_id=customer.pk, kind="phone", value="13900139000", label="晚上", by=agent)
    assert (first.is_primary, second.is_primary) == (True, False)
    assert [hit.id for hit in queries.search("88886666", agent)] == [customer.pk]
    customer.refresh_from_db()
    assert customer.completeness == 16
    assert [fact.payload["masked"] for fact in facts("contact_point.added")] == ["571****6666", "139****9000"]


def test_the_same_contact_point_twice_is_refused_but_two_customers_may_share_it(agent, register, facts) -> None:
    """RULINGS, Customers: unique per customer, kind and normalised value."""
    father, son = register("王父"), register("王子")
    add_contact_point(customer_id=father.pk, kind="phone", value="13800138000", by=agent)
    with pytest.raises(errors.ContactPointKnown):
        add_contact_point(customer_id=father.pk, kind="phone", value="+86 138 0013 8000", by=agent)
    add_contact_point(customer_id=son.pk, kind="phone", value="13800138000", by=agent)
    assert queries.matches_for_address("phone", "138-0013-8000") == [father.pk, son.pk]
    assert len(facts("contact_point.added")) == 2


def test_removing_makes_the_next_one_primary(agent, register, facts) -> None:
    customer = register(contact_points=[("mail", "a@example.com", ""), ("mail", "b@example.com", "")])
    first, second = customer.contact_points.order_by("pk")
    remove_contact_point(customer_id=customer.pk, contact_point_id=first.pk, by=agent)
    assert queries.mail_addresses(customer.pk) == ["b@example.com"]
    assert customer.contact_points.get().is_primary
    assert queries.search("a@example.com", agent) == []
    (fact,) = facts("contact_point.removed")
    assert fact.payload == {"contact_point_id": first.pk, "contact_kind": "mail", "masked": "a***@example.com"}
    assert fact.subject_id == first.pk
    assert second.pk == customer.contact_points.get().pk


def test_every_look_at_a_masked_value_is_one_fact_for_the_audit(agent, register, facts) -> None:
    """RULINGS, Who sees what: masked until revealed, which is logged."""
    customer = register(contact_points=[("phone", "13800138000", "")])
    point = customer.contact_points.get()
    (shown,) = queries.shown_contact_points(customer.pk, agent)
    assert (shown.shown, shown.is_masked, shown.may_reveal) == ("138****8000", True, True)
    for _look in range(2):
        revealed = reveal_contact_point(customer_id=customer.pk, contact_point_id=point.pk, by=agent)
        assert revealed.value == "13800138000"
    looks = facts("contact_point.revealed")
    assert [(look.audience, look.actor_id, look.customer_id) for look in looks] == [
        (Audience.AUDIT, agent.id, customer.pk)
    ] * 2
    assert "contact_point.revealed" not in {line.kind for line in customer_history([customer.pk])}


def test_nobody_else_adds_removes_or_reveals(quality_manager, account_manager, agent, register, facts) -> None:
    """RULINGS: the quality manager sees masked values and has no way to reveal them."""
    customer = register(contact_points=[("phone", "13800138000", "")])
    point = customer.contact_points.get()
    (shown,) = queries.shown_contact_points(customer.pk, quality_manager)
    assert (shown.shown, shown.may_reveal) == ("138****8000", False)
    known = len(facts())
    for actor, refusal in ((quality_manager, Forbidden), (account_manager, NotFound)):
        with pytest.raises(refusal):
            add_contact_point(customer_id=customer.pk, kind="mail", value="x@example.com", by=actor)
        with pytest.raises(refusal):
            remove_contact_point(customer_id=customer.pk, contact_point_id=point.pk, by=actor)
    with pytest.raises(Forbidden):
        reveal_contact_point(customer_id=customer.pk, contact_point_id=point.pk, by=quality_manager)
    with pytest.raises(NotFound):
        reveal_contact_point(customer_id=register("别人").pk, contact_point_id=point.pk, by=agent)
    assert ContactPoint.objects.get() == point
    assert [fact.kind for fact in facts()[known:]] == ["customer.registered"]
