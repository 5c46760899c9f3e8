"""When a letter is due: gathered, after a pause, and the summary only while its reader works."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.rules import DEFAULTS, GROUPS, Circumstances, Waiting, is_letter_due

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{text}").replace(tzinfo=SHANGHAI)


def is_due(waiting: Waiting, now: str, **how) -> bool:
    return is_letter_due(waiting, Circumstances(**({"now": at(now), "is_working": True, "is_workday": True} | how)))


@pytest.mark.parametrize(
    ("now", "written_at", "expected"),
    [
        ("10:00:59", None, False),
        ("10:01", None, True),
        ("10:01", at("09:57"), False),
        ("10:02", at("09:57"), True),
    ],
)
def test_at_once_gathers_a_minute_and_rests_five(now, written_at, expected) -> None:
    """So a bulk change of five hundred conversations is one letter."""
    waiting = Waiting(at_once_since=at("10:00"))
    assert is_due(waiting, now, written_at=written_at, is_working=False, is_workday=False) is expected


@pytest.mark.parametrize(
    ("now", "digested_at", "is_working", "expected"),
    [
        ("10:09", None, True, False),
        ("10:10", None, True, True),
        ("10:10", at("09:11"), True, False),
        ("10:11", at("09:11"), True, True),
        ("23:00", None, False, False),
    ],
)
def test_the_hourly_summary_leaves_time_to_read_and_rests_an_hour(now, digested_at, is_working, expected) -> None:
    waiting = Waiting(digest_since=at("10:00"))
    assert is_due(waiting, now, digested_at=digested_at, is_working=is_working) is expected


@pytest.mark.parametrize(
    ("now", "digested_at", "is_workday", "expected"),
    [
        ("08:29", at("08:30") - timedelta(days=1), True, False),
        ("08:30", at("08:30") - timedelta(days=1), True, True),
        ("08:31", at("08:30"), True, False),
        ("08:30", None, False, False),
    ],
)
def test_the_daily_summary_comes_once_a_working_day_before_work_begins(now, digested_at, is_workday, expected) -> None:
    waiting = Waiting(digest_since=at("07:00"))
    how = {"rhythm": Rhythm.DAILY, "digested_at": digested_at, "is_working": False, "is_workday": is_workday}
    assert is_due(waiting, now, **how) is expected


def test_without_anything_waiting_nothing_is_due() -> None:
    assert not is_due(Waiting(), "10:00")


def test_every_kind_has_a_default_and_one_place_on_the_page() -> None:
    assert set(DEFAULTS) == set(Kind.values)
    assert sorted(kind for _label, kinds in GROUPS for kind in kinds) == sorted(Kind.values)
    assert DEFAULTS[Kind.UNASSIGNED].is_silent
    assert DEFAULTS[Kind.SECURITY].mail == MailWish.AT_ONCE
