"""Working time: METHODS B13's oracles, properties of the arithmetic, and clocks that jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import haoke.policies
from haoke.policies.choices import Pace, Reason
from haoke.policies.errors import CalendarWithoutHours
from haoke.policies.rules.calendars import MarkedDay, WorkingCalendar
from haoke.policies.rules.hours import read_hours
from haoke.policies.rules.listed_days import read_list
from haoke.policies.rules.working_time import (
    Pause,
    add_working_days,
    add_working_seconds,
    explain,
    is_working_day,
    next_opening,
    working_seconds_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
YEARS = range(2020, 2027)
HOURS = read_hours("09:00-12:00, 13:30-18:00")
HOUR = 3600


@cache
def china() -> WorkingCalendar:
    """The calendar the house is born with, from the data it carries."""
    content = (Path(haoke.policies.__file__).parent / "data" / "china_holidays.json").read_bytes()
    listed = [day for year in YEARS for day in read_list(content, year=year)[0]]
    return WorkingCalendar(
        SHANGHAI,
        dict.fromkeys(range(1, 6), HOURS),
        {day.on: MarkedDay(day.is_working, day.name) for day in listed},
        follows_public_holidays=True,
        published_years=frozenset(YEARS),
    )


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def local(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S")


# --- METHODS B13 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "due"), [(7, "2026-02-26"), (15, "2026-03-09"), (45, "2026-04-21"), (0, "2026-02-10")]
)
def test_working_days_after_a_date_skip_the_spring_festival(number: int, due: str) -> None:
    assert add_working_days(date(2026, 2, 10), number, china()) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("year", "number"), [(2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_a_year_has_its_working_days(year: int, number: int) -> None:
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert sum(is_working_day(day, china()) for day in days if day.year == year) == number


@pytest.mark.parametrize(
    "make_up_day",
    [
        *["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
        *["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
    ],
)
def test_make_up_workdays_have_the_usual_hours(make_up_day: str) -> None:
    day = date.fromisoformat(make_up_day)
    assert day.isoweekday() > 5
    assert china().plan(day).slots == HOURS
    assert china().plan(day).reason == Reason.MAKE_UP_WORKDAY


@pytest.mark.parametrize(("first", "last"), [("2026-02-15", "2026-02-23"), ("2026-10-01", "2026-10-07")])
def test_holiday_weeks_are_off_from_end_to_end(first: str, last: str) -> None:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        assert not is_working_day(day, china())
        day += timedelta(1)


# --- Targets (RULINGS, Clocks) ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        pytest.param("2026-03-02 09:00", 3 * HOUR, "03-02 12:00:00", id="used up exactly at noon is due at noon"),
        pytest.param("2026-03-02 09:00", 3 * HOUR + 1, "03-02 13:30:01", id="one second more waits for the afternoon"),
        pytest.param(
            "2026-03-02 16:00", 2 * HOUR, "03-02 18:00:00", id="used up at closing time is due at closing time"
        ),
        pytest.param("2026-03-02 18:00", HOUR, "03-03 10:00:00", id="at closing time it begins tomorrow"),
        pytest.param("2026-03-02 22:15", HOUR, "03-03 10:00:00", id="after hours it begins at the next opening"),
        pytest.param("2026-03-02 12:30", HOUR, "03-02 14:30:00", id="at lunch it begins after lunch"),
        pytest.param("2026-03-06 17:30", HOUR, "03-09 09:30:00", id="over the weekend"),
        pytest.param("2026-02-13 17:30", HOUR, "02-14 09:30:00", id="to the make-up Saturday"),
        pytest.param("2026-02-14 17:30", HOUR, "02-24 09:30:00", id="over the Spring Festival"),
        pytest.param("2026-03-02 20:00", 0, "03-02 20:00:00", id="nothing to do is done at once"),
    ],
)
def test_targets_are_used_up_in_working_time(start: str, seconds: int, due: str) -> None:
    assert local(add_working_seconds(at(start), seconds, china())) == due


def test_a_pause_stops_the_clock_only_while_it_runs() -> None:
    pauses = [
        Pause(at("2026-03-02 10:00"), at("2026-03-02 11:00")),
        Pause(at("2026-03-02 10:30"), at("2026-03-02 11:30")),
        Pause(at("2026-03-02 12:00"), at("2026-03-02 13:00")),
    ]
    assert local(add_working_seconds(at("2026-03-02 09:00"), 2 * HOUR, china(), pauses)) == "03-02 14:00:00"
    assert working_seconds_between(at("2026-03-02 09:00"), at("2026-03-02 14:00"), china(), pauses) == 2 * HOUR


def test_next_opening_is_now_within_hours_and_later_outside() -> None:
    assert local(next_opening(at("2026-03-02 10:00"), china())) == "03-02 10:00:00"
    assert local(next_opening(at("2026-03-02 12:00"), china())) == "03-02 13:30:00"
    assert local(next_opening(at("2026-02-14 18:00"), china())) == "02-24 09:00:00"


def test_why_this_deadline_names_every_stretch() -> None:
    pause = Pause(at("2026-02-24 09:30"), at("2026-02-24 10:00"))
    deadline = explain(at("2026-02-14 17:00"), 2 * HOUR, china(), [pause])
    told = [(local(s.start), local(s.end), s.pace, s.reason, s.name) for s in deadline.stretches]
    assert told == [
        ("02-14 17:00:00", "02-14 18:00:00", Pace.COUNTED, Reason.MAKE_UP_WORKDAY, "春节"),
        ("02-14 18:00:00", "02-15 00:00:00", Pace.SKIPPED, Reason.OUTSIDE_HOURS, ""),
        ("02-15 00:00:00", "02-24 00:00:00", Pace.SKIPPED, Reason.DAY_OFF, "春节"),
        ("02-24 00:00:00", "02-24 09:00:00", Pace.SKIPPED, Reason.OUTSIDE_HOURS, ""),
        ("02-24 09:00:00", "02-24 09:30:00", Pace.COUNTED, Reason.WORKING_HOURS, ""),
        ("02-24 09:30:00", "02-24 10:00:00", Pace.PAUSED, Reason.PAUSE, ""),
        ("02-24 10:00:00", "02-24 10:30:00", Pace.COUNTED, Reason.WORKING_HOURS, ""),
    ]
    assert local(deadline.due_at) == "02-24 10:30:00"
    assert not deadline.is_provisional


def test_beyond_the_published_holidays_a_deadline_is_provisional() -> None:
    """RULINGS, Clocks: a holiday set that is not yet published is provisional and shown so."""
    assert explain(at("2026-12-31 17:00"), 2 * HOUR, china()).is_provisional
    assert not explain(at("2026-12-31 16:00"), 2 * HOUR, china()).is_provisional


def test_a_single_provisional_day_makes_the_deadline_provisional() -> None:
    days = {date(2026, 3, 3): MarkedDay(is_working=False, is_provisional=True)}
    calendar = WorkingCalendar(SHANGHAI, {2: HOURS, 1: HOURS}, days)
    assert explain(at("2026-03-02 17:00"), 2 * HOUR, calendar).is_provisional
    assert not explain(at("2026-03-02 16:00"), 2 * HOUR, calendar).is_provisional


@pytest.mark.parametrize("ask", [next_opening, lambda moment, calendar: add_working_seconds(moment, 1, calendar)])
def test_a_calendar_without_hours_is_refused_rather_than_walked_for_ever(ask) -> None:
    empty = WorkingCalendar(SHANGHAI, {1: ()}, {date(2026, 3, 2): MarkedDay(is_working=True)})
    with pytest.raises(CalendarWithoutHours):
        ask(at("2026-03-02 10:00"), empty)
    with pytest.raises(CalendarWithoutHours):
        add_working_days(date(2026, 3, 2), 1, empty)


# --- Clocks that jump ---------------------------------------------------------------------------------------------

ROUND_THE_CLOCK = WorkingCalendar(BERLIN, {weekday: read_hours("00:00-24:00") for weekday in range(1, 8)})


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: str, hours: int) -> None:
    start = at(f"{day} 00:00", BERLIN)
    end = ROUND_THE_CLOCK.moment(date.fromisoformat(day), 24 * 60)
    assert working_seconds_between(start, end, ROUND_THE_CLOCK) == hours * HOUR


@pytest.mark.parametrize(
    ("hours", "worked"),
    [("02:15-02:45, 03:00-04:00", HOUR), ("01:00-02:30, 02:30-05:00", 3 * HOUR), ("02:10-02:50", 0)],
)
def test_an_hour_the_clocks_leave_out_is_not_worked(hours: str, worked: int) -> None:
    calendar = WorkingCalendar(BERLIN, {7: read_hours(hours)})
    start = at("2026-03-29 00:00", BERLIN)
    assert working_seconds_between(start, start + timedelta(hours=20), calendar) == worked


# --- Properties ---------------------------------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC))
TARGETS = st.integers(0, 80 * HOUR)
CALENDARS = st.sampled_from(
    [
        china(),
        ROUND_THE_CLOCK,
        WorkingCalendar(BERLIN, {7: read_hours("01:30-02:30, 02:30-03:30"), 6: read_hours("22:00-24:00")}),
        WorkingCalendar(ZoneInfo("America/St_Johns"), {3: read_hours("08:07-08:08"), 4: read_hours("00:00-00:01")}),
    ]
)
PAUSES = st.lists(
    st.builds(lambda start, seconds: Pause(start, start + timedelta(seconds=seconds)), MOMENTS, st.integers(0, 10**6)),
    max_size=4,
)


@given(MOMENTS, st.integers(0, 5000), CALENDARS, PAUSES)
def test_what_is_added_is_what_lies_between(start, seconds, calendar, pauses) -> None:
    due = add_working_seconds(start, seconds, calendar, pauses)
    assert working_seconds_between(start, due, calendar, pauses) == seconds


@given(MOMENTS, TARGETS, TARGETS)
def test_adding_twice_is_adding_the_sum(start, first, second) -> None:
    halfway = add_working_seconds(start, first, china())
    assert add_working_seconds(halfway, second, china()) == add_working_seconds(start, first + second, china())


@given(MOMENTS, MOMENTS, TARGETS, CALENDARS)
def test_who_starts_earlier_is_not_due_later(one, other, seconds, calendar) -> None:
    seconds = min(seconds, 3000)
    early, late = sorted([one, other])
    assert add_working_seconds(early, seconds, calendar) <= add_working_seconds(late, seconds, calendar)


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted), CALENDARS)
def test_working_time_adds_up(moments, calendar) -> None:
    a, b, c = moments
    a, b = max(a, c - timedelta(days=60)), max(b, c - timedelta(days=60))
    whole = working_seconds_between(a, c, calendar)
    assert working_seconds_between(a, b, calendar) + working_seconds_between(b, c, calendar) == whole
    assert working_seconds_between(c, a, calendar) == -whole


@given(MOMENTS, TARGETS, PAUSES)
def test_the_explanation_has_no_gaps_and_counts_to_the_target(start, seconds, pauses) -> None:
    deadline = explain(start, seconds, china(), pauses)
    edges = [start, *(stretch.end for stretch in deadline.stretches)]
    assert [stretch.start for stretch in deadline.stretches] == edges[:-1]
    assert edges[-1] == deadline.due_at
    counted = sum((s.length for s in deadline.stretches if s.pace == Pace.COUNTED), timedelta())
    assert counted == timedelta(seconds=seconds)


@given(st.dates(date(2020, 1, 1), date(2026, 6, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(day, first, second) -> None:
    due = add_working_days(day, first + second, china())
    assert add_working_days(add_working_days(day, first, china()), second, china()) == due
    assert first + second == 0 or is_working_day(due, china())
