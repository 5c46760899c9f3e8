"""Changing what applies: a new version closes the one before; nothing that was in force is rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound
from haoke.policies import errors, events
from haoke.policies.models import Policy
from haoke.policies.rules.scopes import EVERYWHERE, Scope
from haoke.policies.rules.values import parts_of, value_from
from haoke.policies.rules.versions import check_change, check_withdrawal
from haoke.policies.services.service_targets import HELD_TOGETHER, SERVICE_LOCK, check_targets_and_floor
from haoke.timeline.services import record


@transaction.atomic
def change_policy(
    *,
    type: str,
    value: Mapping[str, Any],
    reason: str,
    valid_from: datetime | None = None,
    scope: Scope = EVERYWHERE,
    version: int | None = None,
    by: Actor,
) -> Policy:
    """Lets a policy say something else from a moment on (at once, unless told), until the next planned change.

    `version` is the newest version the person saw. Raises Forbidden, UnknownPolicy, InvalidPolicyValue, ReasonNeeded,
    ChangeInThePast, ChangeAlreadyPlanned, NothingChanges, PolicyChangedMeanwhile; for service targets and their floor
    also TargetBelowFloor, FloorAboveTargets, CalendarWithoutHours, TargetOutOfReach, UnknownCalendar.
    """
    now = clock.now()
    by.require("policies.change")
    new_value = value_from(type, value)
    _lock(type)
    versions = list(Policy.objects.made_for(type, scope).order_by("valid_from"))
    newest = max((each.version for each in versions), default=0)
    if version is not None and version != newest:
        raise errors.PolicyChangedMeanwhile()
    begins = valid_from or now
    check_change(valid_from=begins, reason=reason, now=now, starts=[each.valid_from for each in versions])
    before = next((each for each in reversed(versions) if each.valid_from < begins), None)
    after = next((each for each in versions if each.valid_from > begins), None)
    if before and before.typed_value == new_value:
        raise errors.NothingChanges()
    if before:
        before.valid_to = begins
        before.save(update_fields=["valid_to"])
    policy = Policy.objects.create(
        type=type,
        **asdict(scope),
        value=parts_of(new_value),
        valid_from=begins,
        valid_to=after.valid_from if after else None,
        version=newest + 1,
        reason=reason.strip(),
        changed_by_id=by.staff_id,
        changed_by_name=by.name[:200],
        changed_at=now,
    )
    if type in HELD_TOGETHER:
        check_targets_and_floor(policy)
    record(
        events.PolicyChanged(
            policy_id=policy.pk,
            type=type,
            version=policy.version,
            old=before.value if before else None,
            new=policy.value,
            valid_from=begins.isoformat(),
            reason=policy.reason,
        ),
        by=by,
        at=now,
    )
    return policy


@transaction.atomic
def withdraw_policy_change(*, policy_id: int, by: Actor) -> None:
    """Takes back a change that has not begun: what would have ended with it goes on.

    Raises Forbidden, NotFound, AlreadyInForce, and like `change_policy` where what goes on breaks a service floor.
    """
    now = clock.now()
    by.require("policies.change")
    policy = Policy.objects.select_for_update().filter(pk=policy_id).first()
    if policy is None:
        raise NotFound()
    _lock(policy.type)
    check_withdrawal(valid_from=policy.valid_from, now=now)
    policy.delete()
    before = Policy.objects.made_for(policy.type, policy.scope).filter(valid_to=policy.valid_from).first()
    if before:
        before.valid_to = policy.valid_to
        before.save(update_fields=["valid_to"])
        if policy.type in HELD_TOGETHER:
            check_targets_and_floor(before)
    record(
        events.PolicyChangeWithdrawn(
            policy_id=policy_id,
            type=policy.type,
            version=policy.version,
            withdrawn=policy.value,
            valid_from=policy.valid_from.isoformat(),
        ),
        by=by,
        at=now,
    )


def _lock(type: str) -> None:
    """Changes of one type wait for each other, and those that are held against each other as well."""
    lock_name(SERVICE_LOCK if type in HELD_TOGETHER else f"policies.{type}")
