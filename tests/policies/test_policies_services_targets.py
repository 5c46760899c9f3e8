"""Service targets, their floor and their calendars: held against each other at every moment to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haoke.policies import errors
from haoke.policies.choices import PolicyType, WithoutTargets
from haoke.policies.models import CalendarSlot, Policy, WorkCalendar
from haoke.policies.queries import (
    Scope,
    TargetsInForce,
    as_of,
    history,
    scoped_policies,
    service_targets,
    version_in_force,
    working_calendar,
    working_calendars,
)
from haoke.policies.services import (
    change_policy,
    change_weekly_hours,
    mark_calendar_day,
    withdraw_policy_change,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
NORMAL = Scope(urgency="normal")
TARGETS: dict[str, Any] = {
    "first_response_minutes": 60,
    "next_response_minutes": 120,
    "resolution_minutes": 960,
    "calendar": "china",
    "warning_percent": 25,
    "next_response_pauses": [],
    "resolution_pauses": ["waiting"],
}
FLOOR = {"first_response_minutes": 1440, "next_response_minutes": 1440, "resolution_minutes": 9600}


def promise(admin, scope: Scope = NORMAL, *, valid_from: datetime | None = None, **parts: Any) -> Policy:
    return change_policy(
        type="service_targets", scope=scope, value=TARGETS | parts, reason="trial", valid_from=valid_from, by=admin
    )


def lay_floor(admin, *, valid_from: datetime | None = None, **parts: Any) -> Policy:
    return change_policy(type="service_floor", value=FLOOR | parts, reason="trial", valid_from=valid_from, by=admin)


# --- Which one applies --------------------------------------------------------------------------------------------


def test_a_new_house_promises_something_for_every_urgency(frozen) -> None:
    firsts = {
        each.scope.urgency: each.version.typed_value.first_response_minutes
        for each in scoped_policies("service_targets", at=NOW)
    }
    assert firsts == {"low": 960, "normal": 480, "high": 120, "urgent": 30}
    assert as_of("service_floor").resolution_minutes == 9600


ORDER = [
    {"urgency": "normal"},
    {"tier": "gold"},
    {"nature": "retail"},
    {"channel": "mail"},
    {"category": "general"},
    {"team_id": 1},
]


@pytest.mark.parametrize("place", range(len(ORDER)))
def test_the_part_that_stands_earlier_decides_against_all_later_ones(place, admin, team, frozen) -> None:
    """RULINGS, Clocks: urgency first, then tier, nature, channel, category, team."""
    parts = [*ORDER[:-1], {"team_id": team.pk}]
    circumstances = Scope(**{name: value for part in parts for name, value in part.items()})
    later = Scope(**{name: value for part in parts[place + 1 :] for name, value in part.items()})
    made = [Scope(**parts[place]), later, Scope(urgency="urgent")]
    Policy.objects.filter(type="service_targets").delete()
    for scope in made:
        promise(admin, scope)
    found = version_in_force("service_targets", at=NOW, scope=circumstances)
    assert found is not None
    assert found.scope == made[0]


def test_what_is_made_for_others_decides_nothing(admin, team, other_team, frozen) -> None:
    promise(admin, Scope(urgency="normal", team_id=other_team.pk))
    found = version_in_force("service_targets", at=NOW, scope=Scope(urgency="normal", team_id=team.pk))
    assert found is not None
    assert found.scope == NORMAL


def test_the_version_of_a_moment_is_the_one_that_was_in_force_then(admin, frozen) -> None:
    changed = promise(admin)
    before = version_in_force("service_targets", at=NOW - timedelta(microseconds=1), scope=NORMAL)
    assert before is not None
    assert (before.version, changed.version) == (1, 2)
    assert version_in_force("service_targets", at=NOW, scope=NORMAL) == changed
    assert version_in_force("service_targets", at=datetime(2019, 1, 1, tzinfo=UTC), scope=NORMAL) is None


def test_nothing_applies_where_nobody_promised_anything() -> None:
    assert service_targets(Scope(), at=NOW) == WithoutTargets.NO_POLICY


def test_the_database_itself_keeps_one_version_for_every_team_or_one(admin, team, frozen) -> None:
    for scope in (NORMAL, Scope(urgency="normal", team_id=team.pk)):
        row = promise(admin, scope, first_response_minutes=30)
        row.pk, row.version = None, 99
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


# --- The floor ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["first_response_minutes", "next_response_minutes", "resolution_minutes"])
@pytest.mark.parametrize("is_left_out", [False, True])
def test_nobody_gets_less_than_the_floor(part, is_left_out, admin, frozen) -> None:
    """RULINGS, Clocks: the editor refuses a target below the service floor, by field and floor."""
    with pytest.raises(errors.TargetBelowFloor) as refused:
        promise(admin, **{part: None if is_left_out else FLOOR[part] + 1})
    assert refused.value.field == part
    assert str(FLOOR[part]) in str(refused.value)
    assert len(history("service_targets", scope=NORMAL)) == 1


def test_what_the_floor_does_not_promise_may_be_left_out(admin, frozen) -> None:
    lay_floor(admin, next_response_minutes=None)
    assert promise(admin, next_response_minutes=None).typed_value.next_response_minutes is None


def test_the_floor_is_not_raised_past_targets_there_are(admin, team, frozen) -> None:
    promise(admin, Scope(urgency="low", team_id=team.pk), first_response_minutes=600)
    with pytest.raises(errors.FloorAboveTargets) as refused:
        lay_floor(admin, first_response_minutes=500)
    assert f"low · {team.pk}" in str(refused.value)
    assert as_of("service_floor").first_response_minutes == 1440


def test_floor_and_targets_are_held_together_at_every_moment_to_come(admin, frozen) -> None:
    lay_floor(admin, valid_from=NOW + WEEK, first_response_minutes=2000)
    with pytest.raises(errors.TargetBelowFloor):
        promise(admin, first_response_minutes=1900)
    promise(admin, valid_from=NOW + WEEK, first_response_minutes=1900)
    planned_floor = history("service_floor")[0]
    with pytest.raises(errors.FloorAboveTargets):
        withdraw_policy_change(policy_id=planned_floor.pk, by=admin)
    assert history("service_floor")[0] == planned_floor


def test_a_withdrawal_that_lets_slower_targets_go_on_is_refused(admin, frozen) -> None:
    promise(admin, first_response_minutes=1400)
    faster = promise(admin, valid_from=NOW + WEEK, first_response_minutes=60)
    lay_floor(admin, valid_from=NOW + WEEK, first_response_minutes=1000, resolution_minutes=9600)
    with pytest.raises(errors.TargetBelowFloor):
        withdraw_policy_change(policy_id=faster.pk, by=admin)


# --- Values that cannot be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "refusal", "field"),
    [
        ({"first_response_minutes": 0}, errors.NumberOutOfBounds, "first_response_minutes"),
        ({"resolution_minutes": -5}, errors.NumberOutOfBounds, "resolution_minutes"),
        ({"next_response_minutes": 1.5}, errors.NumberOutOfBounds, "next_response_minutes"),
        ({"next_response_minutes": True}, errors.NumberOutOfBounds, "next_response_minutes"),
        ({"warning_percent": None}, errors.NumberOutOfBounds, "warning_percent"),
        ({"calendar": ""}, errors.InvalidPolicyValue, "calendar"),
        ({"resolution_pauses": ["solved"]}, errors.InvalidPolicyValue, "resolution_pauses"),
        ({"next_response_pauses": "waiting"}, errors.InvalidPolicyValue, "next_response_pauses"),
    ],
)
def test_targets_that_cannot_be_are_refused_at_their_part(parts, refusal, field, admin, frozen) -> None:
    """Bad input: a policy with zero hours."""
    with pytest.raises(refusal) as refused:
        promise(admin, **parts)
    assert refused.value.field == field


def test_the_order_of_the_states_changes_nothing(admin, frozen) -> None:
    promise(admin, resolution_pauses=["waiting", "on_hold"])
    frozen.shift(WEEK)
    with pytest.raises(errors.NothingChanges):
        change_policy(
            type="service_targets",
            scope=NORMAL,
            value=TARGETS | {"resolution_pauses": ["on_hold", "waiting"]},
            reason="the same",
            by=admin,
        )


# --- Calendars ----------------------------------------------------------------------------------------------------


@pytest.fixture
def empty_calendar() -> WorkCalendar:
    return WorkCalendar.objects.create(code="empty", name_zh="空", name_en="Empty", zone="Asia/Shanghai")


def test_a_calendar_without_hours_is_refused_when_targets_are_saved(admin, empty_calendar, frozen) -> None:
    """Bad input: a calendar with no slots."""
    with pytest.raises(errors.CalendarWithoutHours):
        promise(admin, calendar="empty")


def test_targets_that_take_years_are_refused(admin, empty_calendar, frozen) -> None:
    CalendarSlot.objects.create(calendar=empty_calendar, weekday=1, opens=540, closes=541)
    with pytest.raises(errors.TargetOutOfReach) as refused:
        promise(admin, calendar="empty", first_response_minutes=105)
    assert refused.value.field == "first_response_minutes"


@pytest.mark.parametrize("hours", [{}, {1: "09:00-09:01"}])
def test_a_calendar_in_use_keeps_the_hours_its_targets_need(hours, admin, frozen) -> None:
    with pytest.raises(errors.CalendarInUse):
        change_weekly_hours(calendar_code="china", hours=hours, by=admin)
    assert len(working_calendar().week) == 5


def test_a_calendar_emptied_all_the_same_promises_nothing_and_says_why(frozen) -> None:
    CalendarSlot.objects.all().delete()
    WorkCalendar.objects.update(version=2)
    found = service_targets(NORMAL, at=NOW)
    assert found == WithoutTargets.CALENDAR_WITHOUT_HOURS
    assert "no working hours" in str(found.label)


def test_targets_and_calendar_are_two_questions_once_the_calendar_is_known(django_assert_num_queries) -> None:
    working_calendar()
    with django_assert_num_queries(2):
        assert isinstance(service_targets(NORMAL, at=NOW), TargetsInForce)


def test_a_known_calendar_is_one_question_until_somebody_changes_it(admin, django_assert_num_queries) -> None:
    first = working_calendar()
    with django_assert_num_queries(1):
        assert working_calendar() is first
    mark_calendar_day(calendar_code="china", on=NOW.date(), is_working=False, by=admin)
    with CaptureQueriesContext(connection) as queries:
        changed = working_calendar()
    assert len(queries) == 4
    assert not changed.plan(NOW.date()).slots
    assert first.plan(NOW.date()).slots


def test_a_change_that_was_rolled_back_is_not_remembered(admin) -> None:
    """The version number comes back after a rollback; the row's transaction does not."""
    before = transaction.savepoint()
    mark_calendar_day(calendar_code="china", on=NOW.date(), is_working=False, by=admin)
    assert not working_calendar().plan(NOW.date()).slots
    transaction.savepoint_rollback(before)
    assert working_calendar().plan(NOW.date()).slots
    mark_calendar_day(calendar_code="china", on=NOW.date(), is_working=True, hours="10:00-11:00", by=admin)
    assert len(working_calendar().plan(NOW.date()).slots) == 1


def test_several_calendars_come_by_their_ids(empty_calendar) -> None:
    china = WorkCalendar.objects.get(code="china")
    found = working_calendars([china.pk, empty_calendar.pk, 10_000])
    assert set(found) == {china.pk, empty_calendar.pk}
    assert not found[empty_calendar.pk].week


def test_every_type_of_policy_is_known() -> None:
    assert {PolicyType.SERVICE_TARGETS, PolicyType.SERVICE_FLOOR} <= set(PolicyType)
