"""What every test may ask for: real staff as actors, signed-in clients, a held clock, and jobs that really run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import translation

from haoke.accounts import queries as accounts
from haoke.accounts import services
from haoke.accounts.choices import Role
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Unavailable

PASSWORD = "a-long-password-for-tests"


@pytest.fixture(autouse=True)
def _fast_and_apart(settings, tmp_path) -> Iterator[None]:
    """Cheap password hashes, a data folder of its own for every test, and English unless a test speaks otherwise."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with real commits put the seeded rows back afterwards."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)):
            # On the marker itself: pytest-django asks no fixture whether to keep a copy of the seeded rows.
            marker.kwargs["serialized_rollback"] = True
            item.fixturenames.append("_timeline_may_be_emptied")


@pytest.fixture
def _timeline_may_be_emptied(transactional_db: None) -> Iterator[None]:
    """Lets the test runner empty the append-only timeline between tests, through the same door as erasure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haoke.erasing', '', false)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haoke.erasing', 'yes', false)")
        # The queue's tables are not Django's, so the test runner would leave them as they are.
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def system() -> Actor:
    return Actor.system()


@pytest.fixture
def team(db, system):
    return services.create_team(name="客户服务一组", by=system)


@pytest.fixture
def other_team(db, system):
    return services.create_team(name="客户服务二组", by=system)


@pytest.fixture
def create_actor(db, system) -> Callable[..., Actor]:
    """Registers a colleague and returns them as the actor they are after signing in."""
    created = 0

    def create(*roles: str, team_ids: tuple[int, ...] = (), name: str = "", language: str = "en") -> Actor:
        nonlocal created
        created += 1
        staff = services.create_staff(
            name=name or f"{roles[0]} {created}",
            email=f"{roles[0]}{created}@haoke.example",
            password=PASSWORD,
            roles=roles,
            team_ids=team_ids,
            language=language,
            by=system,
        )
        return accounts.actor_of_staff(staff.pk)

    return create


@pytest.fixture
def admin(create_actor) -> Actor:
    return create_actor(Role.ADMINISTRATOR)


@pytest.fixture
def supervisor(create_actor, team) -> Actor:
    return create_actor(Role.SUPERVISOR, team_ids=(team.pk,))


@pytest.fixture
def agent(create_actor, team) -> Actor:
    return create_actor(Role.AGENT, team_ids=(team.pk,))


@pytest.fixture
def other_agent(create_actor, other_team) -> Actor:
    return create_actor(Role.AGENT, team_ids=(other_team.pk,))


@pytest.fixture
def account_manager(create_actor, team) -> Actor:
    return create_actor(Role.ACCOUNT_MANAGER, team_ids=(team.pk,))


@pytest.fixture
def quality_manager(create_actor) -> Actor:
    return create_actor(Role.QUALITY_MANAGER)


@pytest.fixture
def field_engineer(create_actor, team) -> Actor:
    return create_actor(Role.FIELD_ENGINEER, team_ids=(team.pk,))


@pytest.fixture
def surveyor(create_actor) -> Actor:
    return create_actor(Role.SURVEYOR)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A browser-like client signed in as the actor; CSRF is checked only where a test asks for it."""

    def sign_in(actor: Actor, *, enforce_csrf_checks: bool = False) -> Client:
        from haoke.accounts.models import Staff

        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        client.force_login(Staff.objects.get(pk=actor.id))
        key = client.session.session_key or ""
        services.note_session(session_key=key, staff_id=actor.id or 0, address="127.0.0.1", user_agent="")
        return client

    return sign_in


@pytest.fixture
def frozen() -> Iterator[time_machine.Coordinates]:
    """The clock stands still at a workday morning, 2026-11-23 10:00 in Shanghai, until a test moves it."""
    with time_machine.travel("2026-11-23T02:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def run_jobs(db) -> Callable[[], int]:
    """Runs every job that is due, in order, the way the worker would, until none is left; returns how many ran.

    The worker's own connection would not see a test's open transaction, so the jobs run on this one. What is due within
    the minute counts as due: the seconds in which a reply could be taken back have passed.
    """
    from procrastinate.contrib.django import app

    def run() -> int:
        ran = 0
        while True:
            with connection.cursor() as cursor:
                # Each job has a transaction of its own in real life, and with it a batch of its own.
                cursor.execute("SELECT set_config('haoke.batch', '', true)")
                cursor.execute(
                    "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
                    " AND (scheduled_at IS NULL OR scheduled_at <= greatest(now(), %s) + interval '1 minute')"
                    " ORDER BY priority DESC, id LIMIT 1",
                    [clock.now()],
                )
                row = cursor.fetchone()
                if row is None:
                    return ran
                cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [row[0]])
            arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
            try:
                app.tasks[row[1]].func(**arguments)
            except Unavailable:
                # The worker would try again later; so may the test.
                with connection.cursor() as cursor:
                    cursor.execute(
                        "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1,"
                        " scheduled_at = now() + interval '1 hour' WHERE id = %s",
                        [row[0]],
                    )
                ran += 1
                continue
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])
            ran += 1

    return run
