"""Changing policies: a new version, a closed old one and a fact; on refusal nothing at all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from haoke.core.errors import Forbidden
from haoke.policies import errors
from haoke.policies.models import Policy
from haoke.policies.queries import Scope, as_of, history
from haoke.policies.services import change_policy, withdraw_policy_change
from haoke.timeline.models import Entry
from haoke.timeline.queries import audit_trail

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
WEEK = timedelta(days=7)


def change(admin, days: int, **options):
    return change_policy(type="survey_cap", value={"days": days}, reason="fewer surveys", by=admin, **options)


def test_a_change_closes_the_version_before_and_is_a_fact(admin, frozen) -> None:
    policy = change(admin, 45)
    assert (policy.version, policy.valid_from, policy.valid_to) == (2, NOW, None)
    assert (policy.changed_by_id, policy.changed_by_name, policy.reason) == (admin.id, admin.name, "fewer surveys")
    assert [row.valid_to for row in history("survey_cap")] == [None, NOW]
    entry = Entry.objects.get(kind="policy.changed")
    assert (entry.subject_kind, entry.subject_id, entry.actor_id) == ("policy", policy.pk, admin.id)
    assert entry.payload["old"] == {"days": 30}
    assert entry.payload["new"] == {"days": 45}


def test_the_audit_trail_tells_the_change_in_a_sentence(admin, frozen) -> None:
    planned = change(admin, 60, valid_from=NOW + WEEK)
    withdraw_policy_change(policy_id=planned.pk, by=admin)
    with translation.override("en"):
        told = [line.sentence for line in audit_trail(kinds=["policy.changed", "policy_change.withdrawn"])]
    assert told == [
        f"{admin.name} withdrew a planned change of the policy “Rest between surveys”",
        f"{admin.name} changed the policy “Rest between surveys”: fewer surveys",
    ]


def test_what_applied_in_the_past_still_did(admin, frozen) -> None:
    change(admin, 45)
    assert as_of("survey_cap", at=NOW - timedelta(microseconds=1)).days == 30
    assert as_of("survey_cap", at=NOW).days == 45


def test_a_planned_change_waits_and_an_earlier_one_ends_with_it(admin, frozen) -> None:
    change(admin, 60, valid_from=NOW + 2 * WEEK)
    assert as_of("survey_cap").days == 30
    change(admin, 45, valid_from=NOW + WEEK)
    seen = [as_of("survey_cap", at=NOW + n * WEEK).days for n in range(4)]
    assert seen == [30, 45, 60, 60]


def test_a_withdrawn_change_leaves_what_was_before(admin, frozen) -> None:
    planned = change(admin, 60, valid_from=NOW + WEEK)
    withdraw_policy_change(policy_id=planned.pk, by=admin)
    assert as_of("survey_cap", at=NOW + 2 * WEEK).days == 30
    assert Entry.objects.get(kind="policy_change.withdrawn").payload["withdrawn"] == {"days": 60}


def test_a_particular_version_wins_over_the_general_one(admin, frozen) -> None:
    vip, post = Scope(tier="platinum"), Scope(channel="mail")
    change(admin, 90, scope=vip)
    change(admin, 10, scope=post)
    assert as_of("survey_cap", scope=Scope(tier="platinum", channel="mail")).days == 90
    assert as_of("survey_cap", scope=Scope(tier="gold", channel="mail")).days == 10
    assert as_of("survey_cap").days == 30


def nothing_changed() -> bool:
    return (
        Policy.objects.filter(type="survey_cap").count() == 1
        and not Entry.objects.filter(subject_kind="policy").exists()
    )


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"value": {"days": -1}}, errors.NumberOutOfBounds),
        ({"value": {"days": 30}}, errors.NothingChanges),
        ({"value": {"weeks": 3}}, errors.InvalidPolicyValue),
        ({"reason": " "}, errors.ReasonNeeded),
        ({"valid_from": NOW - WEEK}, errors.ChangeInThePast),
        ({"version": 7}, errors.PolicyChangedMeanwhile),
        ({"type": "weather"}, errors.UnknownPolicy),
    ],
)
def test_a_refused_change_leaves_no_trace(admin, frozen, options, refusal) -> None:
    with pytest.raises(refusal):
        change_policy(**{"type": "survey_cap", "value": {"days": 45}, "reason": "trial", "by": admin, **options})
    assert nothing_changed()


def test_only_who_may_change_policies_does(supervisor, agent, frozen) -> None:
    for actor in (supervisor, agent):
        with pytest.raises(Forbidden):
            change(actor, 45)
    assert nothing_changed()


def test_a_version_in_force_is_never_withdrawn(admin, frozen) -> None:
    with pytest.raises(errors.AlreadyInForce):
        withdraw_policy_change(policy_id=history("survey_cap")[0].pk, by=admin)
    assert nothing_changed()


def test_the_database_itself_refuses_two_versions_at_once(frozen) -> None:
    row = history("survey_cap")[0]
    row.pk, row.version, row.valid_from = None, 2, NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
