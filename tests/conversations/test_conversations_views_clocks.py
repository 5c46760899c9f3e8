"""The pages of the clocks: why this deadline, the targets, what-if, and what the customer is told (S0-63, S0-64)."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from haoke.conversations import services
from haoke.conversations.models import Clock, Conversation, Message
from haoke.conversations.queries import clocks_of, explanation, running_clocks, what_if
from haoke.core.errors import NotFound
from haoke.policies.models import Policy
from haoke.policies.queries import Scope, ServiceTargets, history
from haoke.policies.services import mark_calendar_day
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

TARGETS: dict[str, Any] = {
    "first_response_minutes": 480,
    "next_response_minutes": 480,
    "resolution_minutes": 2400,
    "calendar": "china",
    "warning_percent": 25,
    "next_response_pauses": [],
    "resolution_pauses": ["waiting", "on_hold"],
}
NORMAL = Scope(urgency="normal")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.fixture
def at(frozen):
    def move(text: str) -> None:
        frozen.move_to(shanghai(text))

    return move


@pytest.fixture
def asked(arrive, letter, at) -> Conversation:
    return arrive(letter()).conversation


def page_of(clock: Clock) -> str:
    return f"/inbox/{clock.conversation_id}/clocks/{clock.pk}"


def acknowledgement() -> str:
    return Message.objects.get(purpose="acknowledgement").text


# --- What the customer is told ------------------------------------------------------------------------------------


def test_the_acknowledgement_says_by_when_we_answer(asked) -> None:
    """S0-63, S0-64: at once, with the reference and the promised time, in the customer's language."""
    assert f"HK-{asked.pk}" in acknowledgement()
    with translation.override("zh-hans"):
        assert "2026年11月24日星期二" in acknowledgement()
    assert "10:30" in acknowledgement()


def test_at_night_the_promise_counts_from_the_next_opening(arrive, letter, at) -> None:
    """S0-63: a mail at three in the night is acknowledged at once."""
    at("2026-11-24T03:00")
    arrive(letter(text="Where is my order?", subject="Order", From="Ada <ada@customer.example>"))
    assert "by Wednesday, November 25, 2026, 09:30 (China Standard Time)" in acknowledgement()


def test_without_a_promise_no_time_is_named(arrive, letter, at) -> None:
    Policy.objects.filter(type="service_targets").delete()
    conversation = arrive(letter(text="Hello", subject="Hi", From="Ada <ada@customer.example>")).conversation
    assert f"HK-{conversation.pk}" in acknowledgement()
    assert " by " not in acknowledgement()


# --- Reading clocks -----------------------------------------------------------------------------------------------


def test_how_far_a_clock_is(asked, at) -> None:
    at("2026-11-23T12:30")
    first, resolution = clocks_of(asked.pk)
    assert (first.kind, first.state, first.left_seconds, first.share) == (
        "first_response",
        "running",
        360 * 60,
        0.25,
    )
    assert resolution.kind == "resolution"


def test_clocks_that_run_stand_before_those_that_ended(asked, agent, at) -> None:
    at("2026-11-23T11:00")
    services.reply(conversation_id=asked.pk, text="请寄照片", state="waiting", by=agent)
    at("2026-11-23T15:00")
    paused, ended = clocks_of(asked.pk)
    assert (paused.kind, paused.state, paused.paused_in, paused.due_at) == ("resolution", "paused", "waiting", None)
    assert paused.left_seconds == (2400 - 60) * 60
    assert (ended.kind, ended.state, ended.elapsed_seconds) == ("first_response", "kept", 3600)


def test_lists_ask_three_questions_for_any_number_of_rows(arrive, letter, at, django_assert_max_num_queries) -> None:
    ids = [arrive(letter(From=f"{number}@customer.example")).conversation_id for number in range(4)]
    with django_assert_max_num_queries(3):
        found = running_clocks(ids)
    assert {each.kind for each in found.values()} == {"first_response"}
    assert set(found) == set(ids)


def test_why_lists_every_stretch_with_its_reason_and_sums_to_the_target(asked, agent, at) -> None:
    services.reply(conversation_id=asked.pk, text="请寄照片", by=agent)
    at("2026-11-23T11:00")
    services.change_state(conversation_id=asked.pk, state="waiting", by=agent)
    at("2026-11-23T14:00")
    services.change_state(conversation_id=asked.pk, state="open", by=agent)
    resolution = Clock.objects.get(kind="resolution")
    why = explanation(resolution.pk, agent)
    told = [(each.pace, each.reason, each.seconds) for each in why.stretches[:5]]
    assert told == [
        ("counted", "working hours", 3600),
        ("paused", "the conversation was “Waiting for customer”", 3600),
        ("skipped", "outside working hours", 5400),
        ("paused", "the conversation was “Waiting for customer”", 1800),
        ("counted", "working hours", 4 * 3600),
    ]
    assert why.stretches[-1].total_seconds == resolution.target_seconds
    assert why.stretches[-1].end == resolution.due_at == why.computed_due_at
    assert (why.policy_version, why.policy_author, why.calendar_name) == (1, "Haoke", "China standard")


def test_a_stopped_clock_says_that_the_calendar_changed_since(asked, agent, admin, at) -> None:
    """Recalculation never rewrites history, and the page says so."""
    services.reply(conversation_id=asked.pk, text="明天送到", by=agent)
    mark_calendar_day(calendar_code="china", on=shanghai("2026-11-24T10:00").date(), is_working=False, by=admin)
    stopped = Clock.objects.get(kind="first_response")
    why = explanation(stopped.pk, agent)
    assert why.is_changed_since
    assert why.clock.due_at == shanghai("2026-11-24T10:30")
    assert why.computed_due_at == shanghai("2026-11-25T10:30")


def test_who_may_not_read_the_conversation_finds_no_clock(asked, admin, at) -> None:
    with pytest.raises(NotFound):
        explanation(Clock.objects.first().pk, admin)


# --- Pages --------------------------------------------------------------------------------------------------------


def test_the_page_says_why_in_both_languages(asked, create_actor, team, client_of) -> None:
    first = Clock.objects.get(kind="first_response")
    english = client_of(create_actor("agent", team_ids=(team.pk,))).get(page_of(first)).text
    assert "outside working hours" in english
    assert "Service targets, version 1" in english
    assert 'datetime="2026-11-24T02:30:00+00:00"' in english
    chinese = client_of(create_actor("agent", team_ids=(team.pk,), language="zh-hans")).get(page_of(first))
    assert chinese.status_code == 200


def test_a_part_of_the_page_is_served_alone(asked, agent, client_of) -> None:
    first = Clock.objects.get(kind="first_response")
    headers = {"HX-Request": "true", "HX-Target": "clock-why"}
    part = client_of(agent).get(page_of(first), headers=headers).text
    assert "<html" not in part
    assert "working hours" in part


def test_a_clock_is_not_found_under_another_conversation(asked, arrive, letter, agent, client_of) -> None:
    other = arrive(letter(From="li@customer.example")).conversation
    first = Clock.objects.get(kind="first_response", conversation=asked)
    assert client_of(agent).get(f"/inbox/{other.pk}/clocks/{first.pk}").status_code == 404


@pytest.mark.parametrize("state", ["open", "waiting", "solved"])
def test_the_conversation_shows_its_clocks_and_the_way_to_why(asked, agent, client_of, state) -> None:
    services.reply(conversation_id=asked.pk, text="请寄照片", state=state, by=agent)
    page = client_of(agent).get(f"/inbox/{asked.pk}").text
    assert page_of(Clock.objects.get(kind="first_response")) in page
    assert page_of(Clock.objects.get(kind="resolution")) in page


def test_no_policy_no_clock_and_the_page_says_so(arrive, letter, agent, client_of, at) -> None:
    """RULINGS, Clocks: without a policy there is no clock, and the page says so."""
    Policy.objects.filter(type="service_targets").delete()
    conversation = arrive(letter()).conversation
    assert "No service targets apply here" in client_of(agent).get(f"/inbox/{conversation.pk}").text


def test_the_inbox_shows_the_clock_that_is_due_first(asked, agent, client_of) -> None:
    assert "due tomorrow 10:30" in client_of(agent).get("/inbox/").text


# --- Service targets ----------------------------------------------------------------------------------------------

TYPED = {
    "first_response_minutes": "60",
    "next_response_minutes": "120",
    "resolution_minutes": "960",
    "warning_percent": "20",
    "calendar": "china",
    "resolution_pauses": ["waiting", "on_hold"],
    "reason": "customers asked",
    "version": "1",
}


def target_of(scope: Scope) -> Policy:
    return history("service_targets", scope=scope)[0]


def test_the_list_names_every_scope_and_the_floor(supervisor, agent, client_of) -> None:
    page = client_of(supervisor).get("/settings/targets/").text
    assert all(name in page for name in ("Urgent", "High", "Normal", "Low", "Service floor"))
    assert client_of(agent).get("/settings/targets/").status_code == 403


def test_targets_are_changed_with_a_reason(admin, client_of) -> None:
    address = f"/settings/targets/{target_of(NORMAL).pk}"
    assert client_of(admin).get(address).status_code == 200
    answer = client_of(admin).post(f"{address}/versions", TYPED)
    assert answer.status_code == 302
    now = target_of(NORMAL)
    assert (now.version, now.typed_value.first_response_minutes, now.reason) == (2, 60, "customers asked")
    assert "customers asked" in client_of(admin).get(address).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first_response_minutes": "0"}, "Please write a whole number from 1"),
        ({"first_response_minutes": "1441"}, "at most 1440 working minutes"),
        ({"first_response_minutes": ""}, "at most 1440 working minutes"),
        ({"reason": ""}, "This field is required"),
        ({"version": "0"}, "Somebody changed this policy in the meantime"),
        ({"warning_percent": "91"}, "Please write a whole number from 0 to 90"),
        ({"calendar": "mars"}, "Select a valid choice"),
        ({"resolution_pauses": ["solved"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(admin, client_of, typed, said) -> None:
    """Bad input: zero hours, below the floor, no promise where the floor makes one."""
    answer = client_of(admin).post(f"/settings/targets/{target_of(NORMAL).pk}/versions", TYPED | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(history("service_targets", scope=NORMAL)) == 1


def test_new_targets_for_particular_circumstances(admin, team, client_of, arrive, letter) -> None:
    client = client_of(admin)
    scope = {"urgency": "normal", "nature": "retail", "team_id": str(team.pk)}
    assert client.post("/settings/targets/new", TYPED | scope | {"version": "0"}).status_code == 302
    assert client.post("/settings/targets/new", TYPED | scope | {"version": "0"}).status_code == 422
    assert team.name in client.get("/settings/targets/").text
    conversation = arrive(letter()).conversation
    assert Clock.objects.get(conversation=conversation, kind="first_response").target_seconds == 3600


def test_planned_targets_can_be_withdrawn(admin, client_of) -> None:
    client = client_of(admin)
    client.post(f"/settings/targets/{target_of(NORMAL).pk}/versions", TYPED | {"valid_from": "2040-01-01T00:00"})
    planned = target_of(NORMAL)
    assert planned.version == 2
    client.post(f"/settings/targets/{planned.pk}/withdrawal")
    assert target_of(NORMAL).version == 1


# --- What-if ------------------------------------------------------------------------------------------------------


@pytest.fixture
def month(arrive, letter, agent, at) -> list[Conversation]:
    """Four answers: after half an hour, two and nine working hours, and one that is still waited for."""
    found = []
    for number, answered in enumerate(["2026-11-23T10:30", "2026-11-23T13:30", "2026-11-24T11:30", ""]):
        at("2026-11-23T10:00")
        conversation = arrive(letter(From=f"{number}@customer.example")).conversation
        if answered:
            at(answered)
            services.reply(conversation_id=conversation.pk, text="明天送到", by=agent)
        found.append(conversation)
    at("2026-11-24T10:00")
    return found


def test_last_month_under_other_targets(month, admin) -> None:
    targets = ServiceTargets(**TARGETS | {"first_response_minutes": 60})
    before = (list(Clock.objects.order_by("pk").values()), Entry.objects.count(), Policy.objects.count())
    seen = what_if(targets, NORMAL, admin)
    first = next(each for each in seen.comparisons if each.kind == "first_response")
    assert (first.was.kept, first.was.n) == (2, 3)
    assert (first.would_be.kept, first.would_be.n) == (1, 4)
    assert first.would_be.interval == pytest.approx((0.0456, 0.6994), abs=1e-3)
    changed = {each.reference for each in seen.changed if each.verdict.ran.kind == "first_response"}
    assert changed == {month[1].reference, month[3].reference}
    assert not any(each.is_readable for each in seen.changed)
    assert (list(Clock.objects.order_by("pk").values()), Entry.objects.count(), Policy.objects.count()) == before


def test_the_same_targets_change_nobodys_side(month, admin) -> None:
    seen = what_if(ServiceTargets(**TARGETS), NORMAL, admin)
    assert seen.changed == []
    assert all(
        (each.was.kept, each.was.missed) == (each.would_be.kept, each.would_be.missed) for each in seen.comparisons
    )


def test_only_what_the_scope_would_decide_is_counted(month, admin, agent, team, other_team) -> None:
    services.set_urgency(conversation_id=month[0].pk, urgency="high", by=agent)
    targets = ServiceTargets(**TARGETS)
    everybody, of_team = (
        what_if(targets, Scope(), admin),
        what_if(targets, Scope(urgency="normal", team_id=team.pk), admin),
    )
    of_others = what_if(targets, Scope(urgency="normal", team_id=other_team.pk), admin)
    by_phone = what_if(targets, Scope(urgency="normal", channel="call"), admin)
    assert everybody.total == of_others.total == by_phone.total == 0
    assert {each.kind for each in of_team.comparisons} == {"first_response", "resolution"}
    assert of_team.total == 6


def test_pauses_count_as_the_new_targets_say(asked, agent, admin, at) -> None:
    services.reply(conversation_id=asked.pk, text="请寄照片", state="waiting", by=agent)
    at("2026-11-30T14:01")
    services.change_state(conversation_id=asked.pk, state="solved", by=agent)
    with_pause = what_if(ServiceTargets(**TARGETS), NORMAL, admin)
    without = what_if(ServiceTargets(**TARGETS | {"resolution_pauses": []}), NORMAL, admin)
    assert [each.would_be.missed for each in with_pause.comparisons if each.kind == "resolution"] == [0]
    assert [each.would_be.missed for each in without.comparisons if each.kind == "resolution"] == [1]


def test_beyond_two_thousand_an_even_sample_stands_for_all(month, admin, monkeypatch) -> None:
    monkeypatch.setattr(sys.modules["haoke.conversations.queries.what_if"], "MOST_CLOCKS", 4)
    seen = what_if(ServiceTargets(**TARGETS), NORMAL, admin)
    assert (seen.n, seen.total, seen.is_sample) == (4, 8, True)


def test_looking_writes_nothing_and_shows_the_table(month, admin, client_of) -> None:
    before = Policy.objects.count()
    address = f"/settings/targets/{target_of(NORMAL).pk}/versions"
    answer = client_of(admin).post(address, TYPED | {"act": "trial", "reason": ""})
    assert answer.status_code == 200
    assert "Last month under these targets" in answer.text
    assert month[1].reference in answer.text
    assert "n counts what can be judged" in answer.text
    assert 'value="60"' in answer.text
    assert Policy.objects.count() == before
