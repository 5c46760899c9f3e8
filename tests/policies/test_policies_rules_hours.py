"""Hours of a day: read as people write them, refused where they overlap or run backwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.policies.errors import HoursNotUsable, HoursOverlap
from haoke.policies.rules.hours import WHOLE_DAY, Slot, read_hours, write_hours


@pytest.mark.parametrize(
    "text",
    ["09:00-12:00, 13:30-18:00", "13:30-18:00;9:00-12:00", "9：00—12：00、13：30至18：00", "09:00-12:00\n13:30-18:00"],
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert read_hours(text) == (Slot(540, 720), Slot(810, 1080))


def test_a_day_may_last_until_midnight() -> None:
    assert read_hours("00:00-24:00") == (Slot(0, WHOLE_DAY),)


def test_no_text_is_no_hours() -> None:
    assert read_hours("  ") == ()


@pytest.mark.parametrize(
    "text", ["9-12", "12:00-09:00", "09:00-09:00", "09:00-24:01", "09:60-12:00", "25:00-26:00", "早上"]
)
def test_what_is_no_stretch_of_a_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(HoursNotUsable) as refused:
        read_hours(text)
    assert refused.value.details["text"] == text


def test_slots_that_touch_do_not_overlap_and_others_are_refused() -> None:
    assert len(read_hours("09:00-12:00, 12:00-13:00")) == 2
    with pytest.raises(HoursOverlap):
        read_hours("09:00-12:00, 11:59-13:00")


@given(st.sets(st.integers(0, WHOLE_DAY), min_size=2).map(sorted))
def test_what_is_written_is_read_back(edges: list[int]) -> None:
    slots = tuple(Slot(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    assert read_hours(write_hours(slots)) == slots
