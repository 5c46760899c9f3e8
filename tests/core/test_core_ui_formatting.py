"""How moments, spans, sizes and shares read, in both languages (S0-68)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.ui import formatting

SHANGHAI = ZoneInfo("Asia/Shanghai")
# 15:00 in Shanghai, so that a day in UTC and a day here differ in the evening.
NOW = datetime(2025, 11, 6, 7, 0, tzinfo=UTC)


def said(value: datetime, language: str) -> str:
    return formatting.format_time(value, now=NOW, language=language, zone=SHANGHAI)


@pytest.mark.parametrize(
    ("away", "english", "chinese"),
    [
        (timedelta(minutes=30), "today 15:30", "今天 15:30"),
        (timedelta(hours=-16), "yesterday 23:00", "昨天 23:00"),
        (timedelta(hours=18), "tomorrow 09:00", "明天 09:00"),
        (timedelta(days=-3), "Nov 3 15:00", "11月3日 15:00"),
        (timedelta(days=-30), "Oct 7", "10月7日"),
        (timedelta(days=-400), "Oct 2, 2024", "2024年10月2日"),
    ],
)
def test_a_moment_reads_as_people_say_it(away, english, chinese):
    assert said(NOW + away, "en") == english
    assert said(NOW + away, "zh-hans") == chinese


def test_the_day_is_the_day_of_the_reader_not_of_the_server():
    late = datetime(2025, 11, 6, 17, 0, tzinfo=UTC)
    assert said(late, "en") == "tomorrow 01:00"
    assert formatting.format_time(late, now=NOW, language="en", zone=UTC) == "today 17:00"


def test_the_exact_moment_names_weekday_second_and_zone():
    exact = formatting.exact_time(NOW, language="zh-hans", zone=SHANGHAI)
    assert exact == "2025年11月6日周四 15:00:00 (CST)"
    assert formatting.exact_time(NOW, language="en", zone=UTC) == "Thu, Nov 6, 2025 07:00:00 (UTC)"


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 sec", "0秒"),
        (59, "59 sec", "59秒"),
        (60, "1 min", "1分钟"),
        (7_800, "2 hr 10 min", "2小时10分钟"),
        (86_400, "1 day", "1天"),
        (3 * 86_400 + 300, "3 days", "3天"),
        (3 * 86_400 + 4 * 3_600 + 300, "3 days 4 hr", "3天4小时"),
    ],
)
def test_a_span_shows_its_two_largest_units(seconds, english, chinese):
    assert formatting.format_duration(seconds, language="en") == english
    assert formatting.format_duration(seconds, language="zh-hans") == chinese


def test_what_is_left_and_what_is_overdue_are_said_apart():
    assert formatting.format_remaining(7_800, language="en") == "2 hr 10 min left"
    assert formatting.format_remaining(-7_800, language="en") == "overdue by 2 hr 10 min"
    assert formatting.format_remaining(7_800, language="zh-hans") == "还剩2小时10分钟"
    assert formatting.format_remaining(-7_800, language="zh-hans") == "超时2小时10分钟"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 kB"),
        (1_449, "1.4 kB"),
        (999_600, "1 MB"),
        (28_000_000, "28 MB"),
        (5_000_000_000_000_000, "5,000 TB"),
    ],
)
def test_a_size_reads_in_the_nearest_unit(count, text):
    assert formatting.format_bytes(count, language="zh-hans") == text


def test_shares_and_intervals():
    assert formatting.format_percent(0.824, language="en") == "82%"
    assert formatting.format_percent(0.8246, language="zh-hans", digits=1) == "82.5%"
    assert formatting.format_interval(0.62, 0.81, language="en") == "62%–81%"
    assert formatting.format_number(1234567.25, language="en", digits=1) == "1,234,567.2"


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("王伟", "王伟"),
        ("王小明", "小明"),
        ("好客科技有限公司", "好客"),
        ("Ada Lovelace", "AL"),
        ("wu", "W"),
        ("محمد علي", "مع"),
        ("🙂", "?"),
        ("", "?"),
    ],
)
def test_an_avatar_shows_two_signs_of_the_name(name, sign):
    assert formatting.initials(name) == sign


@given(st.integers(min_value=0, max_value=10**18))
def test_no_size_shows_four_digits_below_the_last_unit(count):
    text = formatting.format_bytes(count, language="en")
    assert text.endswith("TB") or len(text.split()[0]) <= 3


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_of_another_year_always_names_its_year(day):
    text = formatting.format_day(day, now=NOW, language="en", zone=SHANGHAI)
    assert (str(day.year) in text) == (day.year != 2025)


@pytest.mark.parametrize(
    ("seconds", "exact", "english", "chinese"),
    [
        (0, False, "0 sec", "0秒"),
        (30, False, "30 sec", "30秒"),
        (28_800, False, "8 hr", "8小时"),
        (144_000, False, "40 hr", "40小时"),
        (-5_400, False, "1 hr 30 min", "1小时30分钟"),
        (5_433, False, "1 hr 30 min", "1小时30分钟"),
        (5_433, True, "1 hr 30 min 33 sec", "1小时30分钟33秒"),
    ],
)
def test_working_time_is_never_told_in_days(seconds, exact, english, chinese):
    assert formatting.format_working_time(seconds, language="en", exact=exact) == english
    assert formatting.format_working_time(seconds, language="zh-hans", exact=exact) == chinese


def test_an_appointment_says_whose_time_it_is():
    due = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    told = formatting.format_appointment(due, language="en", zone="Asia/Shanghai")
    assert told == "Tuesday, November 24, 2026, 10:30 (China Standard Time)"
    assert "星期二" in formatting.format_appointment(due, language="zh-hans", zone="Asia/Shanghai")


def test_a_column_of_moments_shows_seconds_only_where_there_are_any():
    moment = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    assert formatting.format_moment(moment, language="en", zone=SHANGHAI) == "Tue, Nov 24 10:30"
    later = moment + timedelta(seconds=5)
    assert formatting.format_moment(later, language="zh-hans", zone=SHANGHAI) == "11月24日周二 10:30:05"
