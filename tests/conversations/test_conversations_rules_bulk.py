"""What a change of many sets, as it is written down."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from haoke.conversations.choices import BulkAction
from haoke.conversations.rules import Target, ability_for, check_bulk_change, target_of
from haoke.core.errors import Invalid

IDS = st.none() | st.integers(min_value=1, max_value=10**18 - 1)


@given(IDS, IDS, st.booleans())
def test_a_target_is_read_as_it_was_written(assignee_id, team_id, keeps_team) -> None:
    target = Target(assignee_id, None if keeps_team else team_id, keeps_team=keeps_team)
    assert target_of(str(target)) == target


@given(st.text(max_size=20))
@example("0/0")
def test_any_text_is_a_target_or_refused(written) -> None:
    try:
        target = target_of(written)
    except Invalid:
        return
    assert target_of(str(target)) == target


@pytest.mark.parametrize(
    ("action", "value", "is_possible"),
    [
        ("close", "", True),
        ("close", "any reason", True),
        ("assign", "7/=", True),
        ("assign", "7", False),
        ("state", "waiting", True),
        ("state", "closed", False),
        ("state", "", False),
        ("urgency", "urgent", True),
        ("urgency", "panic", False),
        ("category", "general", True),
        ("tag", "退费", True),
        ("tag", "  ", False),
        ("untag", "", False),
        ("delete", "", False),
    ],
)
def test_only_what_an_action_can_set_is_let_through(action, value, is_possible) -> None:
    if is_possible:
        check_bulk_change(action, value)
    else:
        with pytest.raises(Invalid):
            check_bulk_change(action, value)


def test_every_action_names_the_ability_it_needs() -> None:
    marking = {each for each in BulkAction if ability_for(each) == "conversations.mark"}
    assert marking == {BulkAction.URGENCY, BulkAction.CATEGORY, BulkAction.TAG, BulkAction.UNTAG}
