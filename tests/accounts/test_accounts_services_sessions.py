"""Sessions: seen, ended one by one or all at once, and dead from their next request on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from haoke.accounts import queries, services
from haoke.accounts.models import SessionRecord, Staff
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"


def key_of(client: Client) -> str:
    return client.session.session_key or ""


def is_signed_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_signing_in_is_seen_in_the_list_with_device_and_network(agent, frozen) -> None:
    client = Client(headers={"User-Agent": CHROME}, REMOTE_ADDR="203.0.113.77")
    client.post("/sign-in", {"email": Staff.objects.get(pk=agent.id).email, "password": PASSWORD})
    client.get("/account")

    [session] = queries.open_sessions(agent.id, this=key_of(client))
    assert (session.program, session.system, session.network) == ("Chrome", "Windows", "203.0.113.*")
    assert session.is_this
    assert key_of(client) not in session.name


def test_use_is_noted_once_a_minute(client_of, agent, frozen, django_assert_num_queries) -> None:
    client = client_of(agent)
    began = SessionRecord.objects.get().seen_at
    frozen.shift(timedelta(seconds=50))
    client.get("/account")
    assert SessionRecord.objects.get().seen_at == began
    frozen.shift(timedelta(seconds=20))
    client.get("/account")

    noted = SessionRecord.objects.get()
    assert noted.seen_at == began + timedelta(seconds=70)
    assert noted.started_at == began


def test_an_ended_session_is_dead_at_its_next_request(client_of, agent) -> None:
    here, elsewhere = client_of(agent), client_of(agent)
    name = queries.session_name(key_of(elsewhere))

    services.end_session(name=name, by=agent)

    assert not is_signed_in(elsewhere)
    assert not queries.actor_of_session(key_of(elsewhere)).is_signed_in
    assert is_signed_in(here)
    assert audit_trail()[0].kind == "sessions.ended"


def test_nobody_ends_anothers_session(client_of, agent, other_agent) -> None:
    theirs = client_of(other_agent)
    with pytest.raises(NotFound):
        services.end_session(name=queries.session_name(key_of(theirs)), by=agent)
    with pytest.raises(Forbidden):
        services.end_sessions_of(staff_id=other_agent.id, by=agent)
    assert is_signed_in(theirs)


def test_all_others_end_and_this_one_stays(client_of, agent, other_agent) -> None:
    here, elsewhere, third, theirs = client_of(agent), client_of(agent), client_of(agent), client_of(other_agent)

    assert services.end_other_sessions(session_key=key_of(here), by=agent) == 2

    assert [is_signed_in(each) for each in (here, elsewhere, third, theirs)] == [True, False, False, True]


def test_an_administrator_signs_a_colleague_out_everywhere(client_of, agent, admin) -> None:
    clients = [client_of(agent), client_of(agent)]

    assert services.end_sessions_of(staff_id=agent.id, by=admin) == 2

    assert not any(is_signed_in(each) for each in clients)
    assert audit_trail()[0].payload["count"] == 2


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({"roles": ["agent", "administrator"]}, True),
        ({"is_active": False}, True),
        ({"password": "another-long-password"}, True),
        ({"name": "新名字"}, False),
    ],
)
def test_other_roles_leaving_and_a_new_password_end_the_sessions(client_of, agent, admin, team, changes, ends) -> None:
    client = client_of(agent)
    staff = Staff.objects.get(pk=agent.id)
    given = {"name": staff.name, "email": staff.email, "roles": ["agent"], "team_ids": [team.pk], **changes}

    services.change_staff(staff_id=agent.id, version=1, by=admin, **given)

    assert Session.objects.filter(pk=key_of(client)).exists() is not ends
    assert is_signed_in(client) is not ends


def test_a_new_key_keeps_since_when_the_session_lasts(client_of, agent, frozen) -> None:
    client = client_of(agent)
    began = SessionRecord.objects.get().started_at
    frozen.shift(timedelta(days=1))
    client.post("/account/password", {"current": PASSWORD, "new": "another-long-one", "again": "another-long-one"})

    noted = SessionRecord.objects.get()
    assert (noted.session_id, noted.started_at) == (key_of(client), began)


def test_signing_out_leaves_no_trace_in_the_list(client_of, agent) -> None:
    client = client_of(agent)
    client.post("/sign-out")
    assert queries.count_sessions(agent.id) == 0
    assert not SessionRecord.objects.exists()


def test_an_expired_session_is_in_no_list(client_of, agent, frozen) -> None:
    client_of(agent)
    frozen.shift(timedelta(days=15))
    assert queries.open_sessions(agent.id) == []


def test_expired_sessions_are_removed_at_night_and_no_others(client_of, agent, frozen) -> None:
    client_of(agent)
    frozen.shift(timedelta(days=15))
    here = client_of(agent)
    services.sweep_sessions()

    assert [each.session_id for each in SessionRecord.objects.all()] == [key_of(here)]
    assert Session.objects.count() == 1
