"""Ringing and recounting: once each, however many look; history stays as it was told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.conversations import services
from haoke.conversations.models import Clock, Conversation
from haoke.policies.queries import calendar
from haoke.policies.services import clear_calendar_day, import_calendar_year, mark_calendar_day
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.fixture
def at(frozen):
    def move(text: str) -> None:
        frozen.move_to(shanghai(text))

    return move


@pytest.fixture
def asked(arrive, letter, at) -> Conversation:
    """A customer wrote on Monday at ten: an answer is due on Tuesday at 10:30, and warned of on Monday at 17:30."""
    return arrive(letter()).conversation


def told() -> list[tuple[str, str]]:
    kinds = ("clock.warned", "clock.breached", "deadline.moved")
    return [(each.kind, each.payload["clock"]) for each in Entry.objects.filter(kind__in=kinds).order_by("pk")]


def state(conversation: Conversation) -> str:
    conversation.refresh_from_db()
    return conversation.clock_state


def test_nothing_rings_before_its_time(asked, at) -> None:
    at("2026-11-23T17:29:59")
    assert services.ring() == 0
    assert told() == []
    assert state(asked) == "running"


def test_a_clock_warns_and_breaches_once_each(asked, at) -> None:
    for moment, expected in [
        ("2026-11-23T17:30:00", "due_soon"),
        ("2026-11-23T17:30:05", "due_soon"),
        ("2026-11-24T10:30:00", "due_soon"),
        ("2026-11-24T10:30:01", "overdue"),
        ("2026-11-24T10:30:06", "overdue"),
    ]:
        at(moment)
        services.ring()
        assert state(asked) == expected
    assert told() == [("clock.warned", "first_response"), ("clock.breached", "first_response")]
    breached = Entry.objects.get(kind="clock.breached")
    assert breached.at == shanghai("2026-11-24T10:30:01")
    assert datetime.fromisoformat(breached.payload["due_at"]) == shanghai("2026-11-24T10:30")
    assert (breached.subject_id, breached.customer_id) == (asked.pk, asked.customer_id)


def test_a_clock_that_jumps_back_rings_nothing_again(asked, agent, at) -> None:
    at("2026-11-24T11:00")
    services.ring()
    at("2026-11-24T09:00")
    services.ring()
    at("2026-11-24T11:00")
    services.ring()
    at("2026-11-24T10:00")
    services.reply(conversation_id=asked.pk, text="明天送到", by=agent)
    assert told() == [("clock.breached", "first_response")]
    assert Clock.objects.get(kind="first_response").outcome == "missed"


def test_a_late_worker_tells_the_breach_and_no_warning_after_it(asked, at) -> None:
    at("2026-12-24T11:00")
    services.ring()
    services.ring()
    assert sorted(told()) == [("clock.breached", "first_response"), ("clock.breached", "resolution")]


def test_an_answer_before_the_late_worker_tells_it_itself(asked, agent, at) -> None:
    at("2026-11-24T10:30:01")
    services.reply(conversation_id=asked.pk, text="明天送到", by=agent)
    services.ring()
    assert told() == [("clock.breached", "first_response")]


def test_a_paused_clock_does_not_ring(asked, agent, at) -> None:
    services.reply(conversation_id=asked.pk, text="请寄照片", state="waiting", by=agent)
    at("2027-01-20T10:00")
    assert services.ring() == 0


def test_idle_rounds_ask_one_question(asked, at, django_assert_num_queries) -> None:
    """The job wakes every five seconds; an idle round is one look at two small indexes."""
    with CaptureQueriesContext(connection) as queries:
        services.ring()
    asked_of_clocks = [each["sql"] for each in queries if "conversations_clock" in each["sql"]]
    assert len(asked_of_clocks) == 1


def test_many_ring_in_batches_with_few_questions_each(arrive, letter, at, monkeypatch) -> None:
    from haoke.conversations.services.clocks import ringing

    monkeypatch.setattr(ringing, "BATCH", 2)
    for number in range(5):
        arrive(letter(From=f"{number}@customer.example"))
    at("2026-11-24T10:31")
    assert services.ring() == 5
    assert told() == [("clock.breached", "first_response")] * 5


# --- Calendars that change ----------------------------------------------------------------------------------------


def test_a_day_off_moves_running_deadlines_and_says_so(asked, admin, at, run_jobs) -> None:
    """RULINGS, Clocks: importing a year, or marking a day, recomputes open deadlines."""
    at("2026-11-23T15:00")
    mark_calendar_day(calendar_code="china", on=date(2026, 11, 24), is_working=False, name="公司日", by=admin)
    run_jobs()
    first = Clock.objects.get(kind="first_response")
    assert first.due_at == shanghai("2026-11-25T10:30")
    assert sorted(told()) == [("deadline.moved", "first_response"), ("deadline.moved", "resolution")]
    moved = Entry.objects.get(kind="deadline.moved", payload__clock="first_response").payload
    assert datetime.fromisoformat(moved["old_due_at"]) == shanghai("2026-11-24T10:30")
    asked.refresh_from_db()
    assert asked.due_at == first.due_at

    clear_calendar_day(calendar_code="china", on=date(2026, 11, 24), by=admin)
    run_jobs()
    first.refresh_from_db()
    assert first.due_at == shanghai("2026-11-24T10:30")


def test_recounting_leaves_stopped_and_missed_clocks_byte_for_byte(
    asked, arrive, letter, agent, admin, at, run_jobs
) -> None:
    late = arrive(letter(From="li@customer.example")).conversation
    services.reply(conversation_id=asked.pk, text="明天送到", by=agent)
    services.close_conversation(conversation_id=asked.pk, by=agent)
    at("2026-11-24T10:31")
    services.ring()
    before = list(Clock.objects.exclude(conversation=late, kind="resolution").order_by("pk").values())
    assert [row["outcome"] for row in before] == ["kept", "kept", ""]
    mark_calendar_day(calendar_code="china", on=date(2026, 11, 24), is_working=False, by=admin)
    run_jobs()
    assert list(Clock.objects.exclude(conversation=late, kind="resolution").order_by("pk").values()) == before
    assert told()[-1] == ("deadline.moved", "resolution")


def test_a_day_off_declared_too_late_undoes_no_breach(asked, admin, at, run_jobs) -> None:
    at("2026-11-24T15:00")
    mark_calendar_day(calendar_code="china", on=date(2026, 11, 24), is_working=False, by=admin)
    run_jobs()
    first = Clock.objects.get(kind="first_response")
    assert (first.due_at, first.breached_at) == (shanghai("2026-11-24T10:30"), shanghai("2026-11-24T15:00"))
    assert state(asked) == "overdue"


def test_importing_the_year_settles_a_provisional_deadline(arrive, letter, admin, at, run_jobs) -> None:
    at("2026-12-30T10:00")
    arrive(letter())
    resolution = Clock.objects.get(kind="resolution")
    assert (resolution.is_provisional, resolution.due_at) == (True, shanghai("2027-01-06T14:00"))
    listed = b"2027-01-01,off,\xe5\x85\x83\xe6\x97\xa6\n"
    import_calendar_year(calendar_code="china", year=2027, content=listed, source="notice", by=admin)
    run_jobs()
    resolution.refresh_from_db()
    assert (resolution.is_provisional, resolution.due_at) == (False, shanghai("2027-01-07T14:00"))


def test_a_calendar_emptied_past_the_services_leaves_no_deadline_and_no_crash(asked, at, monkeypatch) -> None:
    from haoke.policies.models import CalendarSlot, WorkCalendar

    CalendarSlot.objects.all().delete()
    WorkCalendar.objects.update(version=2)
    services.recompute_deadlines(calendar_id=calendar("china").pk)
    assert set(Clock.objects.values_list("due_at", flat=True)) == {None}
    assert state(asked) == "paused"


def test_recounting_goes_on_from_batch_to_batch(arrive, letter, admin, at, run_jobs, monkeypatch) -> None:
    from haoke.conversations.services.clocks import ringing

    monkeypatch.setattr(ringing, "BATCH", 2)
    for number in range(5):
        arrive(letter(From=f"{number}@customer.example"))
    mark_calendar_day(calendar_code="china", on=date(2026, 11, 24), is_working=False, by=admin)
    run_jobs()
    dues: set[Any] = set(Clock.objects.filter(kind="first_response").values_list("due_at", flat=True))
    assert dues == {shanghai("2026-11-25T10:30")}
