"""The clocks of a conversation: what starts, pauses and stops them, exact to the second (RULINGS, Clocks)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.channels import services as mail
from haoke.conversations import services
from haoke.conversations.models import Clock, Conversation
from haoke.core.actor import Actor
from haoke.policies.services import change_policy, change_weekly_hours
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.fixture
def at(frozen):
    """Moves the clock to a moment on a wall in Shanghai; the house opens 09:00-12:00 and 13:30-18:00."""

    def move(text: str) -> None:
        frozen.move_to(shanghai(text))

    return move


@pytest.fixture
def asked(arrive, letter, at) -> Conversation:
    """A customer wrote on Monday at ten."""
    return arrive(letter()).conversation


def clock(conversation: Conversation, kind: str, **wanted: Any) -> Clock:
    return Clock.objects.filter(conversation=conversation, kind=kind, **wanted).latest("pk")


def running(conversation: Conversation) -> dict[str, Clock]:
    return {each.kind: each for each in Clock.objects.filter(conversation=conversation, stopped_at=None)}


def columns(conversation: Conversation) -> tuple[Any, ...]:
    conversation.refresh_from_db()
    return conversation.clock_state, conversation.due_at, conversation.waiting_since


def told(kind: str) -> list[dict[str, Any]]:
    return [entry.payload for entry in Entry.objects.filter(kind=kind).order_by("pk")]


def answer(conversation: Conversation, by: Actor, **options: Any) -> Any:
    return services.reply(conversation_id=conversation.pk, text="明天送到", by=by, **options)


def write_again(arrive, letter, conversation: Conversation) -> None:
    arrive(letter(subject=f"Re: 订单查询 [HK-{conversation.pk}]"))


# --- First response -----------------------------------------------------------------------------------------------


def test_the_first_mail_starts_a_first_response_and_a_resolution(asked) -> None:
    found = running(asked)
    assert set(found) == {"first_response", "resolution"}
    first = found["first_response"]
    assert (first.started_at, first.due_at) == (shanghai("2026-11-23T10:00"), shanghai("2026-11-24T10:30"))
    assert first.target_seconds == 480 * 60
    assert first.warning_seconds == 120 * 60
    assert first.warn_at == shanghai("2026-11-23T17:30")
    assert columns(asked) == ("running", first.due_at, shanghai("2026-11-23T10:00"))


def test_a_mail_after_hours_starts_at_the_next_opening(arrive, letter, at) -> None:
    at("2026-11-21T23:00")
    conversation = arrive(letter()).conversation
    assert running(conversation)["first_response"].due_at == shanghai("2026-11-24T09:30")


@pytest.mark.parametrize(("answered", "outcome"), [("2026-11-24T10:30:00", "kept"), ("2026-11-24T10:30:01", "missed")])
def test_a_reply_stops_it_in_time_until_the_very_second(asked, agent, at, answered, outcome) -> None:
    """HELPDESK 2.1: exact to the second; the deadline itself is still in time."""
    at(answered)
    answer(asked, agent)
    stopped = clock(asked, "first_response")
    assert (stopped.stopped_at, stopped.outcome) == (shanghai(answered), outcome)
    assert stopped.elapsed_seconds == 480 * 60 + (outcome == "missed")
    assert len(told("clock.breached")) == (outcome == "missed")
    assert columns(asked)[2] is None


def test_a_reply_written_at_night_counts_only_what_was_worked(asked, agent, at) -> None:
    at("2026-11-23T22:15")
    answer(asked, agent)
    assert clock(asked, "first_response").elapsed_seconds == (2 * 60 + 270) * 60


def test_acknowledgement_note_bot_and_an_incoming_call_are_no_answer(asked, agent, at) -> None:
    services.write_note(conversation_id=asked.pk, text="问仓库", by=agent)
    services.log_call(conversation_id=asked.pk, text="客户来电", direction="in", by=agent)
    services.send_automatic(
        conversation_id=asked.pk, subject="收到", text="收到", purpose="acknowledgement", by=Actor.system()
    )
    assert "first_response" in running(asked)


def test_a_call_of_ours_answers(asked, agent, at) -> None:
    at("2026-11-23T11:00")
    services.log_call(conversation_id=asked.pk, text="已回电", direction="out", by=agent)
    assert clock(asked, "first_response").outcome == "kept"


def test_waiting_never_pauses_a_first_response(asked, agent, at) -> None:
    """RULINGS, Clocks: it is not paused by waiting or on hold."""
    due_at = running(asked)["first_response"].due_at
    for state in ("waiting", "on_hold"):
        services.change_state(conversation_id=asked.pk, state=state, by=agent)
        assert running(asked)["first_response"].due_at == due_at


def test_a_robots_mail_promises_nothing_until_a_person_writes(arrive, letter, at) -> None:
    conversation = arrive(letter(Auto_Submitted="auto-generated")).conversation
    assert not running(conversation)
    assert columns(conversation) == ("none", None, None)


# --- Next response ------------------------------------------------------------------------------------------------


def test_the_oldest_unanswered_word_starts_a_next_response(asked, agent, arrive, letter, at) -> None:
    at("2026-11-23T10:30")
    answer(asked, agent)
    at("2026-11-23T11:00")
    write_again(arrive, letter, asked)
    first = running(asked)["next_response"]
    at("2026-11-23T14:00")
    write_again(arrive, letter, asked)
    again = running(asked)["next_response"]
    assert (again.pk, again.started_at, again.due_at) == (first.pk, shanghai("2026-11-23T11:00"), first.due_at)
    assert columns(asked)[2] == shanghai("2026-11-23T11:00")
    at("2026-11-23T15:00")
    answer(asked, agent)
    assert "next_response" not in running(asked)
    assert Clock.objects.filter(conversation=asked, kind="first_response").count() == 1


def test_a_second_mail_before_any_answer_moves_nothing(asked, arrive, letter, at) -> None:
    at("2026-11-23T11:00")
    write_again(arrive, letter, asked)
    assert set(running(asked)) == {"first_response", "resolution"}


def test_a_conversation_we_begin_promises_a_solution_and_next_answers_only(
    channel, agent, arrive, letter, at, system
) -> None:
    from haoke.customers.services import register_customer

    customer = register_customer(
        kind="person", name="陈先生", contact_points=[("mail", "chen@customer.example", "")], by=system
    )
    conversation = services.start_conversation(customer_id=customer.pk, subject="回访", text="您好", by=agent)
    assert set(running(conversation)) == {"resolution"}
    at("2026-11-23T11:00")
    write_again(arrive, letter, conversation)
    assert set(running(conversation)) == {"resolution", "next_response"}


# --- Resolution, pauses, ends -------------------------------------------------------------------------------------


def test_waiting_pauses_the_resolution_by_the_working_time_it_lasts(asked, agent, at) -> None:
    due_before = running(asked)["resolution"].due_at
    answer(asked, agent)
    at("2026-11-23T11:00")
    services.change_state(conversation_id=asked.pk, state="waiting", by=agent)
    paused = running(asked)["resolution"]
    assert (paused.due_at, paused.warn_at) == (None, None)
    assert columns(asked)[:2] == ("paused", None)
    # Two hours on the wall, of which half an hour was worked.
    at("2026-11-23T13:00")
    services.change_state(conversation_id=asked.pk, state="on_hold", by=agent)
    at("2026-11-23T14:00")
    services.change_state(conversation_id=asked.pk, state="open", by=agent)
    resumed = running(asked)["resolution"]
    assert [pause.state for pause in resumed.pauses.all()] == ["waiting", "on_hold"]
    # Three hours on the wall, of which one before lunch and half of one after it would have been worked.
    assert due_before == shanghai("2026-11-30T14:00")
    assert resumed.due_at == shanghai("2026-11-30T15:30")


def test_a_deadline_missed_before_the_pause_stays_missed(asked, agent, at) -> None:
    answer(asked, agent)
    at("2026-12-07T10:00")
    services.change_state(conversation_id=asked.pk, state="waiting", by=agent)
    at("2026-12-08T10:00")
    services.change_state(conversation_id=asked.pk, state="solved", by=agent)
    assert clock(asked, "resolution").outcome == "missed"
    assert len(told("clock.breached")) == 1


def test_solving_stops_the_resolution_and_drops_an_answer_nobody_gave(asked, agent, at) -> None:
    at("2026-11-23T11:00")
    services.change_state(conversation_id=asked.pk, state="solved", by=agent)
    assert clock(asked, "resolution").outcome == "kept"
    assert clock(asked, "first_response").outcome == "cancelled"
    assert columns(asked) == ("none", None, None)


def test_closing_what_was_late_does_not_wash_it_white(asked, agent, at) -> None:
    at("2026-11-25T11:00")
    services.close_conversation(conversation_id=asked.pk, by=agent)
    assert clock(asked, "first_response").outcome == "missed"


def test_a_customer_who_writes_again_reopens_with_a_next_response_never_a_first(
    asked, agent, arrive, letter, at
) -> None:
    """RULINGS, Clocks: reopening starts a next-response clock, never a second first."""
    at("2026-11-23T11:00")
    services.close_conversation(conversation_id=asked.pk, by=agent)
    before = list(Clock.objects.values())
    at("2026-11-24T09:30")
    write_again(arrive, letter, asked)
    assert set(running(asked)) == {"next_response", "resolution"}
    assert running(asked)["resolution"].started_at == shanghai("2026-11-24T09:30")
    assert list(Clock.objects.filter(pk__in=[row["id"] for row in before]).values()) == before


def test_set_open_again_by_us_the_resolution_goes_on_from_where_it_began(asked, agent, at) -> None:
    answer(asked, agent)
    at("2026-11-23T11:00")
    services.change_state(conversation_id=asked.pk, state="solved", by=agent)
    solved = Clock.objects.get(kind="resolution")
    at("2026-11-24T11:00")
    services.change_state(conversation_id=asked.pk, state="open", by=agent)
    again = running(asked)["resolution"]
    assert again.pk != solved.pk
    assert (again.started_at, again.due_at) == (solved.started_at, solved.due_at)
    solved.refresh_from_db()
    assert solved.outcome == "kept"


# --- Changes of urgency, tier and policy --------------------------------------------------------------------------


def test_a_rising_urgency_counts_from_now_and_never_gives_more_time(asked, agent, at) -> None:
    at("2026-11-23T11:00")
    services.set_urgency(conversation_id=asked.pk, urgency="urgent", by=agent)
    old = clock(asked, "first_response", outcome="replaced")
    new = running(asked)["first_response"]
    assert old.stopped_at == new.started_at == shanghai("2026-11-23T11:00")
    assert new.due_at == shanghai("2026-11-23T11:30")
    assert columns(asked)[1] == new.due_at


def test_rising_just_before_the_deadline_keeps_the_earlier_one(asked, agent, at) -> None:
    at("2026-11-24T10:20")
    services.set_urgency(conversation_id=asked.pk, urgency="urgent", by=agent)
    assert running(asked)["first_response"].due_at == shanghai("2026-11-24T10:30")
    assert not Clock.objects.filter(kind="first_response", outcome="replaced").exists()


def test_a_falling_urgency_counts_from_the_old_start(arrive, letter, agent, at) -> None:
    conversation = arrive(letter()).conversation
    at("2026-11-23T14:00")
    services.set_urgency(conversation_id=conversation.pk, urgency="low", by=agent)
    new = running(conversation)["first_response"]
    assert (new.started_at, new.due_at) == (shanghai("2026-11-23T10:00"), shanghai("2026-11-25T11:00"))


def test_a_missed_clock_is_not_replaced(asked, agent, at) -> None:
    at("2026-11-24T11:00")
    services.set_urgency(conversation_id=asked.pk, urgency="low", by=agent)
    missed = running(asked)["first_response"]
    assert missed.breached_at is not None
    assert missed.due_at == shanghai("2026-11-24T10:30")


def test_a_paused_resolution_is_replaced_paused(asked, agent, at) -> None:
    answer(asked, agent)
    services.change_state(conversation_id=asked.pk, state="waiting", by=agent)
    at("2026-11-23T11:00")
    services.set_urgency(conversation_id=asked.pk, urgency="urgent", by=agent)
    paused = running(asked)["resolution"]
    assert (paused.target_seconds, paused.due_at) == (480 * 60, None)
    at("2026-11-23T15:00")
    services.change_state(conversation_id=asked.pk, state="open", by=agent)
    assert running(asked)["resolution"].due_at == shanghai("2026-11-24T15:30")


def test_a_new_policy_touches_only_clocks_that_have_not_started(asked, admin, agent, arrive, letter, at) -> None:
    from haoke.policies.queries import Scope

    before = list(Clock.objects.values())
    at("2026-11-23T10:05")
    change_policy(
        type="service_targets",
        scope=Scope(urgency="normal"),
        value=TARGETS | {"first_response_minutes": 60},
        reason="faster",
        by=admin,
    )
    assert list(Clock.objects.values()) == before
    other = arrive(letter(From="li@customer.example")).conversation
    assert running(other)["first_response"].target_seconds == 3600


TARGETS: dict[str, Any] = {
    "first_response_minutes": 480,
    "next_response_minutes": 480,
    "resolution_minutes": 2400,
    "calendar": "china",
    "warning_percent": 25,
    "next_response_pauses": [],
    "resolution_pauses": ["waiting", "on_hold"],
}


# --- Where nothing is promised ------------------------------------------------------------------------------------


def test_without_a_policy_there_is_no_clock_and_the_mail_comes_in_all_the_same(arrive, letter, at) -> None:
    from haoke.policies.models import Policy

    Policy.objects.filter(type="service_targets").delete()
    conversation = arrive(letter()).conversation
    assert not running(conversation)
    assert columns(conversation)[0] == "none"


def test_a_calendar_that_lost_its_hours_never_keeps_a_mail_out(arrive, letter, at) -> None:
    """Bad input: a calendar with no slots, here emptied past the services that would refuse it."""
    from haoke.policies.models import CalendarSlot, WorkCalendar

    CalendarSlot.objects.all().delete()
    WorkCalendar.objects.update(version=2)
    conversation = arrive(letter()).conversation
    assert not running(conversation)


def test_beyond_the_known_holidays_a_deadline_is_provisional(arrive, letter, at) -> None:
    at("2026-12-30T10:00")
    found = running(arrive(letter()).conversation)
    assert not found["first_response"].is_provisional
    assert found["resolution"].is_provisional


# --- Taking back --------------------------------------------------------------------------------------------------


def test_a_recalled_reply_answered_nobody(asked, agent, at) -> None:
    untouched = ("id", "kind", "started_at", "due_at", "warn_at", "outcome", "stopped_at", "elapsed_seconds")
    before = list(Clock.objects.order_by("pk").values(*untouched))
    message = answer(asked, agent, state="solved")
    assert not running(asked)
    at("2026-11-23T10:00:05")
    services.recall_reply(message_id=message.pk, by=agent)
    assert list(Clock.objects.order_by("pk").values(*untouched)) == before
    assert columns(asked)[0] == "running"
    assert columns(asked)[2] == shanghai("2026-11-23T10:00")


def test_another_answer_holds_when_one_is_recalled(asked, agent, supervisor, at) -> None:
    message = answer(asked, agent)
    at("2026-11-23T10:00:03")
    answer(asked, supervisor)
    at("2026-11-23T10:00:05")
    services.recall_reply(message_id=message.pk, by=agent)
    stopped = clock(asked, "first_response")
    assert (stopped.stopped_at, stopped.outcome) == (shanghai("2026-11-23T10:00:03"), "kept")


def test_a_late_reply_recalled_does_not_breach_twice(asked, agent, at) -> None:
    at("2026-11-24T11:00")
    message = answer(asked, agent)
    at("2026-11-24T11:00:05")
    services.recall_reply(message_id=message.pk, by=agent)
    at("2026-11-24T12:00")
    answer(asked, agent)
    assert len(told("clock.breached")) == 1
    assert clock(asked, "first_response").outcome == "missed"


def test_who_waits_in_a_merged_conversation_waits_in_the_other(asked, agent, arrive, letter, at) -> None:
    at("2026-11-23T11:00")
    other = arrive(letter(subject="还有一件")).conversation
    answer(asked, agent)
    services.merge(conversation_id=other.pk, into_id=asked.pk, by=agent)
    assert not running(other)
    assert clock(other, "first_response").outcome == "cancelled"
    waiting = running(asked)["next_response"]
    assert waiting.started_at == shanghai("2026-11-23T11:00")


def test_a_merge_taken_back_goes_on_from_where_it_began(asked, agent, arrive, letter, at) -> None:
    at("2026-11-23T11:00")
    other = arrive(letter(subject="还有一件")).conversation
    answer(asked, agent)
    before = {kind: (each.started_at, each.due_at) for kind, each in running(other).items()}
    services.merge(conversation_id=other.pk, into_id=asked.pk, by=agent)
    at("2026-11-23T11:30")
    services.undo_merge(conversation_id=other.pk, by=agent)
    assert {kind: (each.started_at, each.due_at) for kind, each in running(other).items()} == before
    assert set(running(asked)) == {"resolution"}
    assert columns(other)[2] == shanghai("2026-11-23T11:00")


def test_what_is_split_off_waits_since_it_was_written(asked, agent, arrive, letter, at) -> None:
    answer(asked, agent)
    at("2026-11-23T11:00")
    arrive(letter(text="另外一件事", subject=f"Re: [HK-{asked.pk}]"))
    second = asked.messages.filter(direction="in").latest("pk")
    at("2026-11-23T15:00")
    new = services.split_conversation(conversation_id=asked.pk, message_ids=[second.pk], subject="另外一件事", by=agent)
    assert {kind: each.started_at for kind, each in running(new).items()} == {
        "first_response": shanghai("2026-11-23T11:00"),
        "resolution": shanghai("2026-11-23T11:00"),
    }
    assert set(running(asked)) == {"resolution"}
    assert columns(asked)[2] is None


# --- Cost ---------------------------------------------------------------------------------------------------------


def test_a_first_mail_costs_few_queries_more(channel, letter, at, monkeypatch) -> None:
    """Mail throughput: policy, calendar, nature, clocks and columns are one query each."""
    from haoke.conversations.services.clocks import following as room

    def receive() -> int:
        inbound = mail.store_inbound(
            raw=letter(From=f"{len(counted)}@customer.example").as_bytes(),
            envelope_from="",
            envelope_to=["support@haoke.example"],
        )
        with CaptureQueriesContext(connection) as queries:
            services.receive_mail(inbound_id=inbound.pk)
        return len(queries)

    counted: list[int] = []
    counted.append(receive())
    counted.append(receive())
    monkeypatch.setattr(room, "_EFFECTS", {})
    counted.append(receive())
    assert 0 < counted[1] - counted[2] <= 6


def test_calendars_refuse_to_lose_the_hours_that_targets_need(admin) -> None:
    from haoke.policies.errors import CalendarInUse

    with pytest.raises(CalendarInUse):
        change_weekly_hours(calendar_code="china", hours={}, by=admin)
