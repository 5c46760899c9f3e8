"""Who answers for a customer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.customers import errors, queries
from haoke.customers.models import Ownership
from haoke.customers.services import end_ownership, give_owner


def test_a_new_owner_relieves_the_old_one(supervisor, account_manager, agent, register, facts, frozen) -> None:
    """S2-04: an ownership record with reason, one primary owner at a time."""
    customer = register()
    give_owner(customer_id=customer.pk, staff_id=account_manager.id, reason="新客户", by=supervisor)
    frozen.shift(timedelta(days=1))
    give_owner(customer_id=customer.pk, staff_id=agent.id, reason="休产假", by=supervisor)
    assert queries.primary_owner(customer.pk) == agent.id
    before, after = Ownership.objects.order_by("pk")
    assert (before.ended_at, after.started_at, after.ended_at) == (clock.now(), clock.now(), None)
    assert [(fact.payload["staff_id"], fact.payload["reason"]) for fact in facts("customer.owner_given")] == [
        (account_manager.id, "新客户"),
        (agent.id, "休产假"),
    ]


def test_backups_and_teams_stand_beside_the_owner(supervisor, agent, other_agent, team, register, facts) -> None:
    customer = register()
    give_owner(customer_id=customer.pk, staff_id=agent.id, reason="负责", by=supervisor)
    give_owner(customer_id=customer.pk, kind="backup", staff_id=other_agent.id, reason="替补", by=supervisor)
    given = give_owner(customer_id=customer.pk, kind="team", team_id=team.pk, reason="大客户", by=supervisor)
    owners = queries.owners_of(customer.pk)
    assert [(owner.kind, owner.name) for owner in owners] == [
        ("primary", agent.name),
        ("backup", other_agent.name),
        ("team", team.name),
    ]
    end_ownership(customer_id=customer.pk, ownership_id=given.pk, reason="项目结束", by=supervisor)
    assert [owner.kind for owner in queries.owners_of(customer.pk)] == ["primary", "backup"]
    assert facts("customer.owner_ended")[0].payload["reason"] == "项目结束"


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"reason": " "}, errors.OwnershipReasonNeeded),
        ({"staff_id": None}, errors.OwnerNotUsable),
        ({"staff_id": 2**40}, errors.OwnerNotUsable),
        ({"kind": "team"}, errors.OwnerNotUsable),
        ({"kind": "landlord"}, errors.UnknownCode),
    ],
)
def test_a_refused_owner_changes_nothing(wrong, refusal, supervisor, agent, register, facts) -> None:
    customer = register()
    with pytest.raises(refusal):
        give_owner(**({"customer_id": customer.pk, "staff_id": agent.id, "reason": "负责"} | wrong), by=supervisor)
    assert not Ownership.objects.exists()
    assert facts("customer.owner_given") == []


def test_the_same_owner_again_is_refused(supervisor, agent, register) -> None:
    customer = register()
    give_owner(customer_id=customer.pk, staff_id=agent.id, reason="负责", by=supervisor)
    with pytest.raises(errors.AlreadyOwner):
        give_owner(customer_id=customer.pk, staff_id=agent.id, reason="负责", by=supervisor)
    assert Ownership.objects.count() == 1


def test_giving_needs_the_ability_and_the_reach(agent, supervisor, other_agent, create_actor, register) -> None:
    customer = register()
    with pytest.raises(Forbidden):
        give_owner(customer_id=customer.pk, staff_id=agent.id, reason="自己来", by=agent)
    given = give_owner(customer_id=customer.pk, staff_id=other_agent.id, reason="二组", by=supervisor)
    stranger = create_actor("supervisor")
    with pytest.raises(NotFound):
        end_ownership(customer_id=customer.pk, ownership_id=given.pk, reason="收回", by=stranger)
    assert queries.primary_owner(customer.pk) == other_agent.id


def test_the_database_itself_allows_one_primary_owner_at_a_time(supervisor, agent, other_agent, register) -> None:
    customer = register()
    given = give_owner(customer_id=customer.pk, staff_id=agent.id, reason="负责", by=supervisor)
    with pytest.raises(IntegrityError, match="customers_one_primary_owner"), transaction.atomic():
        Ownership.objects.create(
            customer=customer,
            kind="primary",
            staff_id=other_agent.id,
            started_at=given.started_at + timedelta(minutes=1),
            reason="也负责",
        )
