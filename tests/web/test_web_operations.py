"""What an administrator sees of the machine."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.accounts import services
from haoke.core import queue
from haoke.core.errors import Unavailable
from haoke.core.failed_jobs import note_failure
from haoke.web.views import operations


@queue.job("test.polish_floor", queue="cleaning")
def polish_floor(floor: int) -> None: ...


@pytest.fixture
def office(client_of, admin):
    return client_of(admin)


def failed(floor: int) -> int:
    job_id = queue.defer("test.polish_floor", floor=floor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 6 WHERE id = %s", [job_id])
    return job_id


def states() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", flat=True))


def test_the_failed_list_tells_task_arguments_tries_and_reason(office) -> None:
    note_failure(failed(3), Unavailable())
    queue.defer("test.polish_floor", floor=4)

    page = office.get("/operations/jobs/").content.decode()

    assert "test.polish_floor" in page
    assert "floor 3" in page
    assert "floor 4" not in page
    assert str(Unavailable.message) in page
    assert '<td>cleaning</td><td class="numeric">1</td><td class="numeric">0</td><td class="numeric">1</td>' in page


@pytest.mark.parametrize("before", ["9" * 5000, "9" * 30, "٣", "²", "-1", "\0", "x"])
def test_a_place_nobody_handed_out_is_the_first_page(office, before) -> None:
    failed(3)
    assert office.get("/operations/jobs/", {"before": before}).status_code == 200


def test_one_failed_job_is_run_again(office) -> None:
    first, _second = failed(1), failed(2)

    assert office.post(f"/operations/jobs/{first}/run")["Location"] == "/operations/jobs/"

    assert states() == ["todo", "failed"]
    assert office.post(f"/operations/jobs/{first}/run").status_code == 404


def test_all_failed_jobs_are_run_again(office) -> None:
    failed(1), failed(2)

    office.post("/operations/jobs/run")

    assert states() == ["todo", "todo"]


@pytest.mark.parametrize("role", ["supervisor", "agent", "quality_manager", "surveyor"])
def test_operations_are_the_administrators(role, client_of, create_actor) -> None:
    job_id = failed(1)
    client = client_of(create_actor(role))

    for address in ("/operations/jobs/", "/operations/audit/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/operations/jobs/{job_id}/run").status_code == 403
    assert client.post("/operations/jobs/run").status_code == 403
    assert states() == ["failed"]


def test_running_again_is_a_post_with_the_safety_mark(office, client_of, admin) -> None:
    job_id = failed(1)
    assert office.get(f"/operations/jobs/{job_id}/run").status_code == 405
    assert client_of(admin, enforce_csrf_checks=True).post(f"/operations/jobs/{job_id}/run").status_code == 403
    assert states() == ["failed"]


def test_the_list_goes_on_by_key(office, monkeypatch) -> None:
    monkeypatch.setattr(operations, "LINES_A_PAGE", 2)
    jobs = [failed(floor) for floor in range(3)]

    page = office.get("/operations/jobs/").content.decode()
    assert f"?before={jobs[1]}" in page
    older = office.get(f"/operations/jobs/?before={jobs[1]}").content.decode()
    assert "floor 0" in older
    assert "floor 1" not in older
    assert office.get("/operations/jobs/?before=nonsense").status_code == 200


def test_the_audit_trail_tells_who_did_what(office, admin) -> None:
    services.create_team(name="售后组", by=admin)

    page = office.get("/operations/audit/").content.decode()

    assert f"{admin.name} created team 售后组" in page
    assert "gave" in page


def test_the_audit_trail_shows_one_kind_where_asked(office, admin) -> None:
    services.create_team(name="售后组", by=admin)

    page = office.get("/operations/audit/?kind=team.created").content.decode()

    assert "售后组" in page
    assert f"gave {admin.name} access" not in page
    assert office.get("/operations/audit/?kind=no.such.kind").status_code == 200


def test_the_audit_trail_goes_on_by_key_and_survives_a_mangled_one(office, admin, monkeypatch) -> None:
    monkeypatch.setattr(operations, "LINES_A_PAGE", 2)
    for number in range(3):
        services.create_team(name=f"team-{number}", by=admin)

    first = office.get("/operations/audit/?kind=team.created")
    older = first.content.decode().split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = office.get(older).content.decode()

    assert "team-0" in page
    assert "team-1" not in page
    for mangled in ("~", "x~1", "2026-99-99T00:00~1", "2026-11-23~1", "2026-11-23T00:00:00+08:00~x"):
        assert office.get("/operations/audit/", {"before": mangled}).status_code == 200
