"""Who is chosen, why, and what is said when nobody is: tables for the cases, properties for everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haoke.accounts.choices import PresenceState
from haoke.conversations.choices import AssignmentReason, Obstacle, RoutingMethod
from haoke.conversations.rules import (
    Candidate,
    Choice,
    Consequence,
    Need,
    choose,
    consequence_of_assignment,
    may_move_on,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
BILLING, REPAIRS = 7, 8
ROUND_ROBIN, LEAST_LOAD, BY_HAND = RoutingMethod.ROUND_ROBIN, RoutingMethod.LEAST_LOAD, RoutingMethod.BY_HAND


def somebody(staff_id: int, **fields) -> Candidate:
    return Candidate(staff_id=staff_id, **fields)


def ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def test_in_turn_goes_to_whoever_waited_longest_and_first_to_whoever_never_got_one() -> None:
    team = [somebody(1, last_given_at=ago(5)), somebody(2, last_given_at=ago(50)), somebody(3, last_given_at=ago(1))]

    assert choose(team, Need(), ROUND_ROBIN) == Choice(2, AssignmentReason.IN_TURN, load=0, capacity=20)
    assert choose([*team, somebody(4)], Need(), ROUND_ROBIN).staff_id == 4


def test_least_load_goes_by_the_share_of_what_each_takes_then_in_turn() -> None:
    part_time, full_time = somebody(1, load=2, capacity=4), somebody(2, load=3, capacity=20)
    assert choose([part_time, full_time], Need(), LEAST_LOAD) == Choice(2, AssignmentReason.LEAST_LOAD, 3, 20)

    alike = [somebody(1, load=3, last_given_at=ago(1)), somebody(2, load=3, last_given_at=ago(9))]
    assert choose(alike, Need(), LEAST_LOAD).staff_id == 2


@pytest.mark.parametrize(
    ("person", "obstacle"),
    [
        (somebody(1, is_absent=True), Obstacle.ABSENT),
        (somebody(1, presence=PresenceState.AWAY), Obstacle.AWAY),
        (somebody(1, presence=PresenceState.BUSY), Obstacle.BUSY),
        (somebody(1, load=20), Obstacle.FULL),
        (somebody(1, load=0, capacity=0), Obstacle.FULL),
        (somebody(1, skill_ids=frozenset({REPAIRS})), Obstacle.SKILL),
        (somebody(1, skill_ids=frozenset({BILLING}), languages=frozenset({"en"})), Obstacle.LANGUAGE),
        # Absent and full as well: told is the first, which explains the rest.
        (somebody(1, is_absent=True, load=20), Obstacle.ABSENT),
    ],
)
def test_whoever_is_passed_over_is_counted_under_the_first_reason(person: Candidate, obstacle: str) -> None:
    choice = choose([person], Need(skill_id=BILLING, language="zh-hans"), ROUND_ROBIN)

    assert (choice.staff_id, choice.obstacles) == (None, {obstacle: 1})


def test_nobody_is_explained_in_numbers() -> None:
    team = [
        somebody(1, presence=PresenceState.AWAY),
        somebody(2, presence=PresenceState.AWAY),
        somebody(3, load=20),
        somebody(4),
    ]
    choice = choose(team, Need(skill_id=BILLING), LEAST_LOAD)

    assert choice.obstacles == {Obstacle.AWAY: 2, Obstacle.FULL: 1, Obstacle.SKILL: 1}
    assert not choice.is_nobody_free
    assert choose(team[:3], Need(skill_id=BILLING), LEAST_LOAD).is_nobody_free


def test_somebody_without_languages_writes_every_language_of_the_house() -> None:
    assert choose([somebody(1)], Need(language="en"), ROUND_ROBIN).staff_id == 1


def test_the_owner_comes_first_even_from_another_team_and_without_the_skill_but_not_beyond_their_capacity() -> None:
    """S1-04…06: the customer's own colleague answers, where they are there and have a hand free."""
    team, need = [somebody(1, skill_ids=frozenset({BILLING}))], Need(owner_id=9, skill_id=BILLING)

    assert choose([*team, somebody(9, is_in_team=False)], need, ROUND_ROBIN).reason == AssignmentReason.OWNER
    for busy in (somebody(9, load=20), somebody(9, presence=PresenceState.AWAY), somebody(9, is_absent=True)):
        assert choose([*team, busy], need, ROUND_ROBIN) == Choice(1, AssignmentReason.IN_TURN, 0, 20)


def test_whoever_stands_in_for_the_absent_owner_comes_before_the_team() -> None:
    away_owner = somebody(9, is_in_team=False, is_absent=True, substitute_id=5)
    people = [somebody(1), away_owner, somebody(5, is_in_team=False, load=3)]

    assert choose(people, Need(owner_id=9), ROUND_ROBIN) == Choice(5, AssignmentReason.SUBSTITUTE, 3, 20)
    assert choose(people[:2], Need(owner_id=9), ROUND_ROBIN).staff_id == 1


def test_what_an_absent_assignee_had_goes_to_their_substitute_before_the_owner() -> None:
    people = [somebody(1, is_absent=True, substitute_id=2), somebody(2), somebody(3)]

    assert choose(people, Need(assignee_id=1, owner_id=3), ROUND_ROBIN).staff_id == 2


def test_what_somebody_gave_away_does_not_come_straight_back_to_them() -> None:
    assert choose([somebody(1)], Need(assignee_id=1, owner_id=1), ROUND_ROBIN).staff_id is None


def test_by_hand_gives_to_the_owner_or_to_nobody() -> None:
    assert choose([somebody(1), somebody(2)], Need(owner_id=2), BY_HAND).staff_id == 2
    assert choose([somebody(1), somebody(2)], Need(), BY_HAND) == Choice()


def test_whoever_had_enough_of_this_round_waits_for_the_next() -> None:
    choice = choose([somebody(1), somebody(2, last_given_at=NOW)], Need(), ROUND_ROBIN, served=[1])
    assert choice.staff_id == 2
    assert choose([somebody(1)], Need(owner_id=1), ROUND_ROBIN, served=[1]).obstacles == {Obstacle.SERVED: 1}


people = some.lists(
    some.builds(
        Candidate,
        staff_id=some.integers(1, 8),
        is_in_team=some.booleans(),
        presence=some.sampled_from(PresenceState.values),
        is_absent=some.booleans(),
        substitute_id=some.none() | some.integers(1, 8),
        skill_ids=some.frozensets(some.sampled_from([BILLING, REPAIRS])),
        languages=some.frozensets(some.sampled_from(["zh-hans", "en"])),
        load=some.integers(0, 6),
        capacity=some.integers(0, 6),
        last_given_at=some.none() | some.datetimes(timezones=some.just(UTC)),
    ),
    unique_by=lambda each: each.staff_id,
    max_size=8,
)
needs = some.builds(
    Need,
    owner_id=some.none() | some.integers(1, 8),
    skill_id=some.sampled_from([None, BILLING]),
    language=some.sampled_from(["", "zh-hans"]),
    assignee_id=some.none() | some.integers(1, 8),
)
methods = some.sampled_from(RoutingMethod.values)
served = some.frozensets(some.integers(1, 8))


@given(people, needs, methods, served)
def test_whoever_is_chosen_is_there_has_a_hand_free_and_fits(team, need, method, had_enough) -> None:
    choice = choose(team, need, method, served=had_enough)
    chosen = next((each for each in team if each.staff_id == choice.staff_id), None)

    if chosen is None:
        assert choice.staff_id is None
        return
    assert chosen.presence == PresenceState.AVAILABLE
    assert not chosen.is_absent
    assert chosen.load < chosen.capacity
    assert chosen.staff_id not in had_enough | {need.assignee_id}
    if choice.reason in (AssignmentReason.IN_TURN, AssignmentReason.LEAST_LOAD):
        assert chosen.is_in_team
        assert need.skill_id is None or need.skill_id in chosen.skill_ids
        assert not need.language or not chosen.languages or need.language in chosen.languages


@given(people, needs, some.sampled_from([ROUND_ROBIN, LEAST_LOAD]), served)
def test_nobody_means_that_everybody_of_the_team_had_a_reason(team, need, method, had_enough) -> None:
    choice = choose(team, need, method, served=had_enough)

    if choice.staff_id is None:
        asked = [each for each in team if each.is_in_team and each.staff_id != need.assignee_id]
        assert sum(choice.obstacles.values()) == len(asked)


@given(people, needs, methods, some.randoms())
def test_the_choice_does_not_hang_on_the_order_people_are_read_in(team, need, method, chance) -> None:
    shuffled = list(team)
    chance.shuffle(shuffled)
    assert choose(team, need, method) == choose(shuffled, need, method)


@given(some.integers(1, 6), some.integers(1, 40))
def test_in_turn_deals_evenly(colleagues: int, conversations: int) -> None:
    """Whoever is there the whole time gets as many as everybody else, give or take one."""
    turns: dict[int, datetime | None] = dict.fromkeys(range(1, colleagues + 1))
    counts = dict.fromkeys(turns, 0)
    for number in range(conversations):
        team = [somebody(each, capacity=99, last_given_at=turns[each]) for each in turns]
        chosen = choose(team, Need(), ROUND_ROBIN).staff_id
        turns[chosen] = NOW + timedelta(seconds=number)
        counts[chosen] += 1
    assert max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize(
    ("changes", "moves"),
    [
        ({}, True),
        ({"away_since": ago(14)}, False),
        ({"away_since": ago(15)}, True),
        ({"away_since": None}, False),
        ({"is_begun": True}, False),
        ({"is_from_machine": False}, False),
        ({"has_left": True, "is_begun": True, "is_from_machine": False, "away_since": None}, True),
        ({"is_absent": True, "is_begun": True, "is_from_machine": False, "away_since": ago(1)}, True),
    ],
)
def test_only_what_nobody_began_goes_on_while_its_assignee_is_away(changes, moves) -> None:
    circumstances = {
        "has_left": False,
        "is_absent": False,
        "away_since": ago(60),
        "is_begun": False,
        "is_from_machine": True,
        "now": NOW,
    }
    assert may_move_on(**{**circumstances, **changes}) is moves


@pytest.mark.parametrize(
    ("accountable", "assignee", "is_from_machine", "is_begun", "what"),
    [
        (None, None, False, False, Consequence.NOTHING),
        (None, 1, False, False, Consequence.BECOMES_ACCOUNTABLE),
        (1, 1, False, True, Consequence.COMES_BACK),
        (1, 2, False, False, Consequence.HANDS_OVER),
        (1, 2, False, True, Consequence.HANDS_OVER),
        (1, None, False, True, Consequence.HANDS_OVER),
        (1, 2, True, True, Consequence.HANDS_OVER),
        (1, 2, True, False, Consequence.BECOMES_ACCOUNTABLE),
    ],
)
def test_what_an_assignment_means_for_accountability(accountable, assignee, is_from_machine, is_begun, what) -> None:
    """METHODS B14: whoever is accountable stays so until another has accepted."""
    found = consequence_of_assignment(
        accountable_id=accountable, assignee_id=assignee, is_from_machine=is_from_machine, is_begun=is_begun
    )
    assert found is what
