"""Presence: said by hand, by signing in and out, and kept alive by people who move, not by open pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.accounts import queries, services
from haoke.accounts.choices import PresenceState
from haoke.accounts.errors import UnknownCode
from haoke.accounts.models import Presence
from haoke.accounts.rules import is_worth_noting, presence_now
from haoke.core import clock
from haoke.core.errors import Forbidden
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "silent_seconds", "counts"),
    [
        ("available", 0, "available"),
        ("available", 599, "available"),
        ("available", 600, "away"),
        ("busy", 30, "busy"),
        ("busy", 3600, "away"),
        ("away", 0, "away"),
        (None, None, "away"),
        ("available", None, "away"),
    ],
)
def test_ten_silent_minutes_are_away(said, silent_seconds, counts) -> None:
    seen_at = None if silent_seconds is None else NOW - timedelta(seconds=silent_seconds)
    assert presence_now(said, seen_at, now=NOW) == counts


@pytest.mark.parametrize(("seconds", "is_noted"), [(0, False), (59, False), (60, True)])
def test_a_sign_of_life_is_noted_once_a_minute(seconds, is_noted) -> None:
    assert is_worth_noting(NOW - timedelta(seconds=seconds), now=NOW) is is_noted


def state_of(actor) -> tuple[str, str]:
    """What they said, and what counts."""
    person = queries.person_at_work(actor.id, now=clock.now())
    said = Presence.objects.filter(pk=actor.id).values_list("state", flat=True).first()
    return said or "", person.presence


def test_changing_ones_presence_is_a_fact_once(agent) -> None:
    assert state_of(agent) == ("", "away")

    services.set_presence(state=PresenceState.AVAILABLE, by=agent)
    services.set_presence(state=PresenceState.AVAILABLE, by=agent)
    services.set_presence(state=PresenceState.BUSY, by=agent)

    assert state_of(agent) == ("busy", "busy")
    facts = [(line.payload["old"], line.payload["new"]) for line in audit_trail(kinds=["presence.changed"])]
    assert facts == [("available", "busy"), ("away", "available")]


def test_only_whoever_answers_customers_takes_work(quality_manager, agent) -> None:
    with pytest.raises(Forbidden):
        services.set_presence(state=PresenceState.AVAILABLE, by=quality_manager)
    with pytest.raises(UnknownCode):
        services.set_presence(state="asleep", by=agent)
    assert not Presence.objects.exists()


def test_signing_in_makes_available_and_signing_out_away(client, agent, quality_manager) -> None:
    client.post("/sign-in", {"email": "agent1@haoke.example", "password": PASSWORD})
    assert state_of(agent) == ("available", "available")

    client.post("/sign-out")
    assert state_of(agent) == ("away", "away")

    client.post("/sign-in", {"email": "quality_manager2@haoke.example", "password": PASSWORD})
    assert not Presence.objects.filter(pk=quality_manager.id).exists()


def test_signing_in_during_an_absence_takes_no_work(client, agent) -> None:
    """Somebody on leave who only looks something up is given nothing, unless they say so."""
    now = clock.now()
    services.enter_absence(staff_id=agent.id, starts_at=now, ends_at=now + timedelta(days=3), by=agent)

    client.post("/sign-in", {"email": "agent1@haoke.example", "password": PASSWORD})

    assert state_of(agent) == ("", "away")


def test_pages_people_open_are_signs_of_life_and_pages_that_refresh_themselves_are_not(
    client_of, agent, frozen
) -> None:
    services.set_presence(state=PresenceState.AVAILABLE, by=agent)
    client = client_of(agent)

    frozen.shift(timedelta(minutes=9))
    client.get("/account", headers={"HX-Request": "true"})
    frozen.shift(timedelta(minutes=2))
    assert state_of(agent) == ("available", "away")

    client.get("/account")
    assert state_of(agent) == ("available", "available")
    assert audit_trail(kinds=["presence.changed"])[0].payload["new"] == "available"

    frozen.shift(timedelta(minutes=9))
    assert client.post("/account/presence/sign").status_code == 204
    frozen.shift(timedelta(minutes=9))
    assert state_of(agent) == ("available", "available")


def test_a_sign_of_life_costs_one_question_a_minute(client_of, agent, frozen) -> None:
    services.set_presence(state=PresenceState.AVAILABLE, by=agent)
    client = client_of(agent)
    counts = []
    for seconds in (0, 30, 31, 10):
        frozen.shift(timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as asked:
            client.get("/no/such/page")
        counts.append(sum("accounts_presence" in each["sql"] and "UPDATE" in each["sql"] for each in asked))

    assert counts == [0, 0, 1, 0]


def test_the_control_on_every_page_changes_it_and_comes_back(client_of, agent, quality_manager) -> None:
    client = client_of(agent)
    response = client.post("/account/presence", {"state": "busy"}, headers={"Referer": "http://testserver/inbox/"})

    assert (response.status_code, response["Location"]) == (302, "/inbox/")
    assert state_of(agent) == ("busy", "busy")
    assert b'name="state" value="busy" aria-pressed="true"' in client.get("/account").content
    assert client.post("/account/presence", {"state": "asleep"}).status_code == 422
    assert client_of(quality_manager).post("/account/presence", {"state": "busy"}).status_code == 403


def test_everybody_of_a_team_is_read_in_one_question(create_actor, team, other_team, agent) -> None:
    for _ in range(3):
        create_actor("agent", team_ids=(team.pk,))
    create_actor("agent", team_ids=(other_team.pk,))
    create_actor("quality_manager", team_ids=(team.pk,))

    with CaptureQueriesContext(connection) as asked:
        people = queries.staff_at_work(team.pk)

    assert len(asked) == 1
    assert len(people) == 4
    assert {each.presence for each in people} == {"away"}
