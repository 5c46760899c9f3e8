"""When the story happens, how a customer's mail is written, and what the customers' servers answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.channels.queries import parse_mail, split_reply
from haoke.demo import rules
from haoke.demo.story.moments import Present, ago, ahead, moment, on, worked
from haoke.policies.queries import WorkingCalendar, working_seconds_between
from haoke.policies.rules.hours import Slot

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingCalendar(zone=SHANGHAI, week={day: (Slot(540, 720), Slot(810, 1080)) for day in range(1, 6)})
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


def at_present(now: datetime) -> Present:
    return Present(now=now, zone=SHANGHAI, calendar=OFFICE)


@pytest.mark.parametrize(
    ("when", "meant"),
    [
        (on(0, "00:00"), "2026-11-23T00:00"),
        (on(1, "17:10"), "2026-11-20T17:10"),
        (on(6, "09:00"), "2026-11-13T09:00"),
        (ago(minutes=42), "2026-11-22T23:23"),
        (ahead(1, "09:00"), "2026-11-24T09:00"),
        (ahead(5, "09:00"), "2026-11-30T09:00"),
        (worked(minutes=60), "2026-11-20T17:00"),
        (worked(minutes=480), "2026-11-19T17:30"),
    ],
)
def test_workdays_are_counted_back_over_weekends(when, meant: str) -> None:
    # Monday, five minutes after midnight in Shanghai.
    now = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
    assert moment(when, at_present(now)) == datetime.fromisoformat(meant).replace(tzinfo=SHANGHAI)


@given(MOMENTS, st.integers(1, 60))
def test_what_the_story_tells_is_past_and_on_a_workday(now: datetime, days_ago: int) -> None:
    at = moment(on(days_ago, "23:59"), at_present(now))
    assert at < now
    assert at.weekday() < 5
    assert at >= now - timedelta(days=days_ago * 2 + 3)


@given(MOMENTS, st.integers(1, 3000))
def test_so_much_was_worked_since_then_whenever_it_is_told(now: datetime, minutes: int) -> None:
    at = moment(worked(minutes=minutes), at_present(now))
    assert working_seconds_between(at, now, OFFICE) == minutes * 60


@given(MOMENTS)
def test_the_coming_week_begins_within_seven_days_on_a_monday(now: datetime) -> None:
    starts_at, ends_at = at_present(now).coming_week
    assert now < starts_at <= now + timedelta(days=7)
    assert (starts_at.astimezone(SHANGHAI).weekday(), ends_at - starts_at) == (0, timedelta(days=5))


def test_a_written_mail_reads_as_it_was_meant() -> None:
    raw = rules.write_mail(
        sender_name="顾, 兰",
        sender="gu.lan@customer.example",
        recipient="support@haoke.example",
        subject="回复：\r\nBcc: somebody@else.example",
        text=rules.with_quote("好的 🙂", author="Haoke <support@haoke.example>", quoted="请看总阀\n谢谢"),
        message_id="<two@customer.example>",
        sent_at=datetime(2026, 11, 23, 10, tzinfo=SHANGHAI),
        in_reply_to="<one@haoke.example>",
        references=["<zero@haoke.example>", "<one@haoke.example>"],
        uploads=[rules.Upload("清单.csv", "text/csv", b"a,b\r\n")],
    )
    mail = parse_mail(raw)
    assert raw.isascii()
    assert (mail.sender.name, mail.sender.address) == ("顾, 兰", "gu.lan@customer.example")
    assert (mail.subject, "bcc" in mail.headers) == ("回复： Bcc: somebody@else.example", False)
    assert (mail.in_reply_to, mail.references) == (
        "<one@haoke.example>",
        ("<zero@haoke.example>", "<one@haoke.example>"),
    )
    assert [(each.name, each.content) for each in mail.attachments] == [("清单.csv", b"a,b\r\n")]
    assert split_reply(mail.text).visible == "好的 🙂"


@pytest.mark.parametrize(
    ("address", "begins"),
    [("refused@any.example", "550"), ("Busy@any.example", "451"), ("not.refused@any.example", None), ("", None)],
)
def test_only_two_addresses_refuse(address: str, begins: str | None) -> None:
    answer = rules.answer_to(address)
    assert (answer and answer[:3]) == begins
