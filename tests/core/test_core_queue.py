"""Jobs: tried again patiently, rescued from dead workers, run again by a person, and their failures told apart."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.periodic import PeriodicRegistry
from procrastinate.utils import utcnow

from haoke.core import failed_jobs, queue
from haoke.core.errors import Conflict, NotFound, Unavailable
from haoke.core.limits import check_limit
from haoke.core.models import JobFailure, RateWindow

troubles: list[Exception] = []
done: list[int] = []


@queue.job("test.lift_stone", queue="test", attempts=3)
def lift_stone(weight: int) -> None:
    if troubles:
        raise troubles.pop(0)
    done.append(weight)


@pytest.fixture(autouse=True)
def _rested() -> None:
    troubles.clear()
    done.clear()


def work() -> None:
    """Runs what is due with a real worker, on connections of its own."""

    ours = queue.worker_app()
    # What wakes by the clock is not these tests' business.
    ours.periodic_registry = PeriodicRegistry()

    async def serve() -> None:
        async with ours.open_async() as worker:
            await worker.run_worker_async(
                queues=["test"],
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
            )

    asyncio.run(serve())


def state_of(job_id: int) -> str:
    return ProcrastinateJob.objects.get(pk=job_id).status


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at IS NOT NULL")


def a_job(attempts: int) -> Job:
    return Job(id=1, queue="test", lock=None, queueing_lock=None, task_name="test.lift_stone", attempts=attempts)


@pytest.mark.parametrize(
    ("error", "tried_before", "wait"),
    [
        (Unavailable(), 0, 2),
        (OSError(), 1, 8),
        (OSError(), 4, 512),
        (OSError(), 5, None),
        (Conflict(), 0, None),
        (NotFound(), 0, None),
    ],
)
def test_a_passing_fault_is_tried_again_ever_more_slowly_and_a_refusal_never(error, tried_before, wait) -> None:
    strategy = queue.RetryPatiently(attempts=6)

    decision = strategy.get_retry_decision(exception=error, job=a_job(tried_before))

    seconds = round((decision.retry_at - utcnow()).total_seconds()) if decision else None
    assert seconds == wait


@pytest.mark.django_db
def test_a_job_exists_exactly_when_its_change_does() -> None:
    @transaction.atomic
    def defer_and_take_back() -> None:
        queue.defer("test.lift_stone", weight=1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        defer_and_take_back()
    job_id = queue.defer("test.lift_stone", weight=2)

    assert list(ProcrastinateJob.objects.filter(queue_name="test").values_list("pk", "args")) == [
        (job_id, {"weight": 2})
    ]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_succeeds_leaves_nothing_behind() -> None:
    queue.defer("test.lift_stone", weight=5)

    work()

    assert done == [5]
    assert not ProcrastinateJob.objects.filter(queue_name="test").exists()


@queue.job("test.pass_stone_on", queue="test", attempts=1)
def pass_stone_on(weight: int) -> None:
    with transaction.atomic():
        queue.defer("test.lift_stone", weight=weight)
        if weight > 9:
            raise Conflict()


@pytest.mark.django_db(transaction=True)
def test_a_job_that_defers_another_does_so_inside_its_own_transaction() -> None:
    queue.defer("test.pass_stone_on", weight=3)
    too_heavy = queue.defer("test.pass_stone_on", weight=30)

    work()

    assert done == [3]
    assert list(ProcrastinateJob.objects.filter(queue_name="test").values_list("pk", flat=True)) == [too_heavy]


@pytest.mark.django_db(transaction=True)
def test_a_job_gives_up_after_its_last_try_and_a_person_can_run_it_again() -> None:
    troubles.extend(OSError("mail for wang@kunde.example") for _try in range(3))
    job_id = queue.defer("test.lift_stone", weight=5)
    for _try in range(2):
        work()
        assert state_of(job_id) == "todo"
        make_due()
    work()
    assert state_of(job_id) == "failed"

    (failed,) = failed_jobs.failed_jobs()
    assert (failed.id, failed.task, failed.arguments, failed.error) == (
        job_id,
        "test.lift_stone",
        {"weight": 5},
        "OSError",
    )
    assert failed_jobs.queue_counts() == [failed_jobs.QueueCounts("test", todo=0, doing=0, failed=1)]

    queue.run_again(job_id)
    work()

    assert done == [5]
    assert not ProcrastinateJob.objects.filter(pk=job_id).exists()


@pytest.mark.django_db
def test_what_is_kept_of_an_error_names_no_customer() -> None:
    context = JobContext(app=app, job=a_job(0), abort_reason=lambda: None, start_timestamp=0)
    troubles.append(OSError("mail for wang@kunde.example"))

    with pytest.raises(OSError, match="wang"):
        lift_stone.func(context, weight=5)

    failure = JobFailure.objects.get()
    assert (failure.job_id, failure.error) == (1, "builtins.OSError")
    assert "wang" not in failure.error + failure.place


@pytest.mark.django_db
def test_a_refusal_is_explained_in_the_readers_words_and_any_other_error_by_its_kind() -> None:
    for number, error in enumerate([Unavailable(), OSError()], start=1):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (id, queue_name, task_name, status)"
                " VALUES (%s, 'test', 'test.lift_stone', 'failed')",
                [number],
            )
        failed_jobs.note_failure(number, error)

    assert [(job.error, job.explanation) for job in failed_jobs.failed_jobs()] == [
        ("OSError", ""),
        ("Unavailable", str(Unavailable.message)),
    ]


@pytest.mark.django_db
def test_only_a_failed_job_is_run_again() -> None:
    waiting = queue.defer("test.lift_stone", weight=5)

    for job_id in (waiting, waiting + 1000):
        with pytest.raises(NotFound):
            queue.run_again(job_id)

    assert state_of(waiting) == "todo"


@pytest.mark.django_db
def test_all_failed_jobs_are_run_again_at_once() -> None:
    failed = [queue.defer("test.lift_stone", weight=weight) for weight in (1, 2)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = ANY(%s)", [failed])

    assert queue.run_all_again() == 2
    assert [state_of(job_id) for job_id in failed] == ["todo", "todo"]


@pytest.mark.django_db
@pytest.mark.parametrize(("silent_for", "rescued"), [(5, 0), (21, 1)])
def test_the_jobs_of_a_dead_worker_are_rescued_and_those_of_a_living_one_left_alone(silent_for, rescued) -> None:
    job_id = queue.defer("test.lift_stone", weight=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        worker_id = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker_id, job_id]
        )

    assert queue.rescue_stalled_jobs() == rescued
    assert state_of(job_id) == ("todo" if rescued else "doing")


@pytest.mark.django_db
def test_the_nightly_sweep_keeps_what_still_matters() -> None:
    waiting = queue.defer("test.lift_stone", weight=5)
    for job_id in (waiting, waiting + 1000):
        failed_jobs.note_failure(job_id, OSError())
    for key in ("fresh", "old"):
        check_limit(key, most=1, per=timedelta(minutes=5))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_ratewindow SET opened_at = opened_at - interval '2 days' WHERE key = 'old'")

    app.tasks["core.sweep"].func(timestamp=0)

    assert list(JobFailure.objects.values_list("job_id", flat=True)) == [waiting]
    assert list(RateWindow.objects.values_list("key", flat=True)) == ["fresh"]
