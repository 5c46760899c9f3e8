"""Clocks as arithmetic: which one starts, when it is due, how it ends, and how a conversation stands with them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.conversations.choices import ClockState, State
from haoke.conversations.rules import clocks as rules
from haoke.policies.choices import Pace, PausingState
from haoke.policies.queries import (
    Pause,
    WorkingCalendar,
    add_working_seconds,
    explain,
    passage,
    working_seconds_between,
)
from haoke.policies.rules.calendars import MarkedDay
from haoke.policies.rules.hours import read_hours

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOUR = 3600
SECOND = timedelta(seconds=1)


def weekdays(zone: ZoneInfo, hours: str, days: dict[date, MarkedDay] | None = None) -> WorkingCalendar:
    return WorkingCalendar(zone, dict.fromkeys(range(1, 6), read_hours(hours)), days or {})


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


HOUSE = weekdays(
    SHANGHAI,
    "09:00-12:00, 13:30-18:00",
    {
        **{date(2026, 10, day): MarkedDay(False, "国庆节") for day in range(1, 8)},
        date(2026, 10, 10): MarkedDay(True, "国庆节"),
    },
)
ROUND_THE_CLOCK = {
    zone.key: WorkingCalendar(zone, {weekday: read_hours("00:00-24:00") for weekday in range(1, 8)})
    for zone in (BERLIN, NEW_YORK)
}


# --- When a clock warns and is due --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "seconds", "warning", "warns", "due"),
    [
        pytest.param("2026-03-02 16:00:00", 7200, 1800, "2026-03-02 17:30", "2026-03-02 18:00", id="due at closing"),
        pytest.param("2026-03-02 16:00:01", 7200, 1800, "2026-03-02 17:30:01", "2026-03-03 09:00:01", id="a second on"),
        pytest.param("2026-03-02 11:00", 7200, 3600, "2026-03-02 12:00", "2026-03-02 14:30", id="over lunch"),
        pytest.param("2026-03-02 22:15", 3600, 1800, "2026-03-03 09:30", "2026-03-03 10:00", id="after hours"),
        pytest.param("2026-09-30 17:30", 7200, 3600, "2026-10-08 09:30", "2026-10-08 10:30", id="over the holidays"),
        pytest.param("2026-10-09 17:30", 3600, 600, "2026-10-10 09:20", "2026-10-10 09:30", id="make-up Saturday"),
        pytest.param("2026-03-06 17:00", 7200, 0, None, "2026-03-09 10:00", id="never warns"),
    ],
)
def test_a_clock_warns_and_is_due_in_working_time(start, seconds, warning, warns, due) -> None:
    timing = rules.timing(at(start), target_seconds=seconds, warning_seconds=warning, calendar=HOUSE)
    assert timing == rules.Timing(at(warns) if warns else None, at(due), False)


def test_a_pause_over_a_holiday_costs_only_its_working_time() -> None:
    """HELPDESK 2.1: a deadline shifts by the paused business time."""
    pause = Pause(at("2026-09-30 17:00"), at("2026-10-08 10:00"))
    plain = rules.timing(at("2026-09-30 16:00"), target_seconds=4 * HOUR, warning_seconds=0, calendar=HOUSE)
    paused = rules.timing(
        at("2026-09-30 16:00"), target_seconds=4 * HOUR, warning_seconds=0, calendar=HOUSE, pauses=[pause]
    )
    assert plain.due_at == at("2026-10-08 11:00")
    assert paused.due_at == at("2026-10-08 14:30")


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due"),
    [
        pytest.param(BERLIN, "2026-03-28 20:00", 12, "2026-03-29 09:00", id="Berlin loses an hour"),
        pytest.param(BERLIN, "2026-10-24 20:00", 12, "2026-10-25 07:00", id="Berlin gains an hour"),
        pytest.param(NEW_YORK, "2026-03-07 20:00", 12, "2026-03-08 09:00", id="New York loses an hour"),
        pytest.param(NEW_YORK, "2026-10-31 20:00", 12, "2026-11-01 07:00", id="New York gains an hour"),
    ],
)
def test_clocks_run_true_when_the_clocks_change(zone, start, hours, due) -> None:
    timing = rules.timing(
        at(start, zone), target_seconds=hours * HOUR, warning_seconds=0, calendar=ROUND_THE_CLOCK[zone.key]
    )
    assert timing.due_at == at(due, zone)


def test_office_hours_stay_office_hours_across_a_clock_change() -> None:
    office = weekdays(BERLIN, "09:00-17:00")
    timing = rules.timing(at("2026-03-27 16:00", BERLIN), target_seconds=2 * HOUR, warning_seconds=0, calendar=office)
    assert timing.due_at == at("2026-03-30 10:00", BERLIN)


# --- Which clock, and how it ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("running", "before", "was_talked", "started"),
    [
        (set(), set(), False, "first_response"),
        ({"first_response", "resolution"}, {"first_response", "resolution"}, True, None),
        ({"next_response"}, {"first_response", "next_response"}, True, None),
        ({"resolution"}, {"first_response", "resolution"}, True, "next_response"),
        (set(), set(), True, "next_response"),
    ],
)
def test_a_word_starts_one_response_at_most_and_a_first_one_once(running, before, was_talked, started) -> None:
    assert rules.response_to_start(running=running, kinds_before=before, was_talked=was_talked) == started


@pytest.mark.parametrize(
    ("kind", "is_breached", "outcome"),
    [
        ("resolution", False, "kept"),
        ("resolution", True, "missed"),
        ("first_response", False, "cancelled"),
        ("first_response", True, "missed"),
        ("next_response", False, "cancelled"),
        ("next_response", True, "missed"),
    ],
)
def test_how_clocks_end_with_their_conversation(kind, is_breached, outcome) -> None:
    assert rules.outcome_when_finished(kind, is_breached=is_breached) == outcome


def test_the_deadline_itself_is_in_time() -> None:
    due_at = at("2026-03-02 18:00")
    assert not rules.is_late(due_at + timedelta(milliseconds=999), due_at)
    assert rules.is_late(due_at + SECOND, due_at)
    assert not rules.is_late(due_at, None)


@pytest.mark.parametrize(
    ("old", "new", "rising"), [("low", "urgent", True), ("normal", "high", True), ("high", "normal", False)]
)
def test_urgency_rises_and_falls(old, new, rising) -> None:
    assert rules.rises(old, new) == rising


@given(st.datetimes(), st.datetimes(), st.booleans())
def test_rising_never_gives_more_time_and_falling_never_takes_any(old, new, rising) -> None:
    due_at = new if rules.takes_over(old_due_at=old, new_due_at=new, rising=rising) else old
    assert due_at == (min if rising else max)(old, new)


@pytest.mark.parametrize(
    ("moment", "is_breached", "state"),
    [
        ("2026-03-02 16:59:59", False, "running"),
        ("2026-03-02 17:00:00", False, "due_soon"),
        ("2026-03-02 18:00:00", False, "due_soon"),
        ("2026-03-02 18:00:01", False, "overdue"),
        ("2026-03-02 16:00:00", True, "overdue"),
    ],
)
def test_how_a_running_clock_stands(moment, is_breached, state) -> None:
    seen = rules.state_of(
        at(moment), warn_at=at("2026-03-02 17:00"), due_at=at("2026-03-02 18:00"), is_breached=is_breached
    )
    assert seen == state


def test_a_conversation_stands_as_its_worst_clock() -> None:
    assert rules.worst([]) == "none"
    assert rules.worst(["paused", "running"]) == "running"
    assert rules.worst(["running", "overdue", "due_soon"]) == "overdue"
    assert {rules.worst([state]) for state in ClockState.values} == set(ClockState.values)


def test_pausing_states_are_states_of_conversations() -> None:
    """Policies lie below conversations and name the states by themselves."""
    assert set(PausingState.values) <= set(State.values)
    assert {State(each).label for each in PausingState.values} == {each.label for each in PausingState}


# --- Properties ---------------------------------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 30)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
CALENDARS = st.sampled_from(
    [HOUSE, *ROUND_THE_CLOCK.values(), weekdays(BERLIN, "08:00-12:00, 12:30-17:00"), weekdays(NEW_YORK, "22:00-24:00")]
)
TARGETS = st.integers(1, 40 * HOUR)
PAUSES = st.lists(
    st.builds(
        lambda start, seconds, name: Pause(start, start + seconds * SECOND, name),
        MOMENTS,
        st.integers(0, 5 * 86_400),
        st.sampled_from(["waiting", "on_hold"]),
    ),
    max_size=4,
)


def due(start: datetime, seconds: int, calendar: WorkingCalendar, pauses: list[Pause]) -> datetime:
    return rules.timing(start, target_seconds=seconds, warning_seconds=0, calendar=calendar, pauses=pauses).due_at


@given(MOMENTS, TARGETS, CALENDARS, PAUSES)
def test_between_start_and_deadline_lies_the_target(start, seconds, calendar, pauses) -> None:
    assert working_seconds_between(start, due(start, seconds, calendar, pauses), calendar, pauses) == seconds


@given(MOMENTS, TARGETS, CALENDARS, MOMENTS, st.integers(0, 5 * 86_400))
def test_a_pause_moves_the_deadline_by_exactly_the_working_time_it_took(
    start, seconds, calendar, begin, length
) -> None:
    pause = Pause(begin, begin + length * SECOND)
    moved = due(start, seconds, calendar, [pause])
    plain = due(start, seconds, calendar, [])
    first, last = max(pause.start, start), max(pause.end, start)
    paused = working_seconds_between(first, last, calendar) if pause.start < plain else 0
    assert working_seconds_between(start, moved, calendar) == seconds + paused


@given(MOMENTS, TARGETS, TARGETS, CALENDARS, PAUSES)
def test_a_larger_target_is_never_due_earlier(start, one, other, calendar, pauses) -> None:
    small, large = sorted([one, other])
    assert due(start, small, calendar, pauses) <= due(start, large, calendar, pauses)


@given(MOMENTS, TARGETS, st.integers(0, 40 * HOUR), CALENDARS, PAUSES)
def test_the_warning_comes_so_many_working_seconds_before_the_end(start, seconds, warning, calendar, pauses) -> None:
    warning = min(warning, seconds)
    timing = rules.timing(start, target_seconds=seconds, warning_seconds=warning, calendar=calendar, pauses=pauses)
    if warning:
        assert timing.warn_at is not None
        assert working_seconds_between(timing.warn_at, timing.due_at, calendar, pauses) == warning
    else:
        assert timing.warn_at is None


@given(MOMENTS, TARGETS, CALENDARS, PAUSES)
def test_the_explanation_has_no_gap_names_each_pause_and_sums_to_the_target(start, seconds, calendar, pauses) -> None:
    deadline = explain(start, seconds, calendar, pauses)
    edges = [start, *(stretch.end for stretch in deadline.stretches)]
    assert [stretch.start for stretch in deadline.stretches] == edges[:-1]
    assert edges[-1] == deadline.due_at == due(start, seconds, calendar, pauses)
    counted = sum((each.length for each in deadline.stretches if each.pace == Pace.COUNTED), timedelta())
    assert counted == seconds * SECOND
    assert {each.name for each in deadline.stretches if each.pace == Pace.PAUSED} <= {"waiting", "on_hold"}


@given(MOMENTS, st.integers(0, 30 * 86_400), CALENDARS, PAUSES)
def test_what_passed_has_no_gap_and_counts_what_was_worked(start, length, calendar, pauses) -> None:
    end = start + length * SECOND
    passed = passage(start, end, calendar, pauses)
    edges = [start, *(stretch.end for stretch in passed)]
    assert [stretch.start for stretch in passed] == edges[:-1]
    assert edges[-1] == end
    counted = sum((each.length for each in passed if each.pace == Pace.COUNTED), timedelta())
    assert counted == working_seconds_between(start, end, calendar, pauses) * SECOND


@given(MOMENTS, TARGETS, CALENDARS, st.lists(st.integers(0, 3 * 86_400), min_size=2, max_size=2))
def test_counting_on_after_a_pause_is_counting_all_over(start, seconds, calendar, steps) -> None:
    """What was used before the pause and what is left after it make the same deadline as the whole."""
    begin = start + steps[0] * SECOND
    end = begin + steps[1] * SECOND
    used = min(seconds, working_seconds_between(start, begin, calendar))
    if used < seconds:
        assert add_working_seconds(end, seconds - used, calendar) == due(start, seconds, calendar, [Pause(begin, end)])


@given(TARGETS, st.integers(-10 * HOUR, 50 * HOUR))
def test_the_share_used_stays_between_nothing_and_all(target, left) -> None:
    share = rules.share_used(target_seconds=target, left_seconds=left)
    assert 0 <= share <= 1
    assert (share == 1) == (left <= 0)
