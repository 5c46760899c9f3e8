"""Pure decisions about conversations: states, threads, minutes, loops."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.conversations import rules
from haoke.conversations.choices import State
from haoke.conversations.errors import TransitionRefused
from haoke.conversations.rules.states import TRANSITIONS

ALLOWED = {
    "new": "open waiting on_hold solved closed",
    "open": "waiting on_hold solved closed",
    "waiting": "open on_hold solved closed",
    "on_hold": "open waiting solved closed",
    "solved": "open closed",
    "closed": "open",
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(State.values, repeat=2)))
def test_the_transition_table_from_end_to_end(old: str, new: str) -> None:
    if new in ALLOWED[old].split():
        rules.check_transition(old, new)
    else:
        with pytest.raises(TransitionRefused):
            rules.check_transition(old, new)


def test_no_state_is_a_dead_end() -> None:
    assert set(TRANSITIONS) == set(State.values)
    assert all(TRANSITIONS.values())


@pytest.mark.parametrize("state", State.values)
def test_a_robot_never_wakes_a_conversation(state: str) -> None:
    assert rules.state_after_message(state, is_automatic=True) == state


@pytest.mark.parametrize(
    ("state", "after"), [("new", "new"), ("open", "open"), ("waiting", "open"), ("solved", "open"), ("closed", "open")]
)
def test_a_customer_wakes_everything_but_a_new_one(state: str, after: str) -> None:
    assert rules.state_after_message(state, is_automatic=False) == after


def test_a_first_reply_opens_and_a_chosen_state_wins() -> None:
    assert rules.state_after_reply("new", "") == "open"
    assert rules.state_after_reply("waiting", "") == "waiting"
    assert rules.state_after_reply("open", "solved") == "solved"


@pytest.mark.parametrize(
    ("clues", "taking_part", "found"),
    [
        (rules.Clues(signed_id=7), frozenset(), 7),
        (rules.Clues(signed_id=7, referenced_ids=[8], token_id=9), frozenset({8, 9}), 7),
        (rules.Clues(referenced_ids=[8]), frozenset({8}), 8),
        (rules.Clues(referenced_ids=[8]), frozenset(), None),
        (rules.Clues(token_id=9), frozenset({9}), 9),
        (rules.Clues(token_id=9), frozenset({8}), None),
        (rules.Clues(referenced_ids=[5, 8], token_id=9), frozenset({8, 9}), 8),
        (rules.Clues(), frozenset({1}), None),
    ],
)
def test_only_a_signature_is_believed_from_strangers(clues, taking_part, found) -> None:
    """S1-04; a quoted subject token alone lets nobody into a conversation (zammad issue 5064)."""
    assert rules.conversation_of(clues, taking_part=taking_part) == found


@given(st.text(max_size=3000), st.integers(0, 30))
def test_suggested_minutes_stay_within_an_hour(text: str, least: int) -> None:
    assert least <= rules.suggested_minutes(text, least=least) <= 60


def test_chinese_counts_by_character_and_english_by_letter() -> None:
    assert rules.suggested_minutes("字" * 400, least=1) == 10
    assert rules.suggested_minutes("x" * 400, least=1) == 2


def test_a_robot_is_listened_to_twenty_times_an_hour() -> None:
    assert not rules.is_loop(19)
    assert rules.is_loop(20)
