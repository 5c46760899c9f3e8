"""Jobs: a thin house style over procrastinate, whose queue is the same PostgreSQL as the data.

A job is deferred inside the caller's transaction, so it exists exactly when the change it belongs to does.
Jobs may run again after a crash, therefore every job is one idempotent service call.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.tasks import Task

from haoke.core import clock, failed_jobs, limits
from haoke.core.errors import NotFound, Refusal, Unavailable

log = structlog.get_logger("haoke.jobs")

STALLED_AFTER_SECONDS = 20
RESCUE_EVERY_SECONDS = 5
# What may be gone in a minute, for jobs that keep what failed: worth another try, where anything else would fail again.
PASSING = (OperationalError, InterfaceError, OSError, Unavailable)


def is_final(error: BaseException) -> bool:
    """Whether another try would end the same way: a refusal other than Unavailable would be refused again."""
    return isinstance(error, Refusal) and not isinstance(error, Unavailable)


class RetryPatiently(BaseRetryStrategy):
    """Tries again after 2, 8, 32 … seconds, `attempts` times in all; what is final fails at once."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        # job.attempts counts the tries before this one.
        if is_final(exception) or job.attempts + 1 >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": min(2 * 4**job.attempts, 3600)})


def job(name: str, *, queue: str = "default", attempts: int = 6, **options: Any) -> Callable[[Callable], Task]:
    """Turns a function of ids into a queue entry: `send_mail.defer(outbound_id=7)`."""

    def decorate(function: Callable) -> Task:
        @functools.wraps(function)
        def run(*given: Any, **arguments: Any) -> Any:
            # The worker hands its context on in front; a direct call has none.
            is_at_work = bool(given) and isinstance(given[0], JobContext)
            job_id, given = (given[0].job.id, given[1:]) if is_at_work else (None, given)
            _refresh_connection()
            with structlog.contextvars.bound_contextvars(job=name, job_id=job_id):
                try:
                    return function(*given, **arguments)
                except Exception as error:
                    log.warning("job_failed", error=type(error).__name__)
                    failed_jobs.note_failure(job_id, error)
                    raise
                finally:
                    _refresh_connection()

        return app.task(name=name, queue=queue, retry=RetryPatiently(attempts), pass_context=True, **options)(run)

    return decorate


def defer_once(name: str, *, key: str, **arguments: Any) -> None:
    """Puts a job into the queue unless one of the same key waits there already; they never run at the same time."""
    if ProcrastinateJob.objects.filter(queueing_lock=key, status="todo").exists():
        return
    # Two may look at the same moment: the index of the queue lets one of them through.
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(name, allow_unknown=False, lock=key, queueing_lock=key).defer(**arguments)


def defer(name: str, *, lock: str | None = None, at: datetime | None = None, **arguments: Any) -> int:
    """Puts a job into the queue by name, inside the caller's transaction; returns its number.

    Services use this rather than import the jobs above them. Jobs of the same lock never run at the same time; a job
    with a moment `at` waits for it.
    """
    return app.configure_task(name, allow_unknown=False, lock=lock, schedule_at=at).defer(**arguments)


def periodic(cron: str, *, name: str, **options: Any) -> Callable[[Callable[[], Any]], Task]:
    """A job that wakes by the clock, one at a time; the cron line may carry seconds as a sixth field."""

    def decorate(function: Callable[[], Any]) -> Task:
        def wake(timestamp: int) -> Any:
            return function()

        return app.periodic(cron=cron)(job(name, queueing_lock=name, lock=name, attempts=1, **options)(wake))

    return decorate


def worker_app() -> App:
    """The same tasks on connections of the worker's own.

    A second app rather than another connector in the first: a job that records facts or defers jobs must go on doing so
    through Django's connection, inside its transaction.
    """
    worker = App(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.tasks = app.tasks
    worker.periodic_registry = app.periodic_registry
    return worker


def run_worker(concurrency: int = 4) -> None:
    """Serves every queue until told to stop; returns after running jobs ended or ten seconds passed."""

    logging.getLogger("procrastinate.worker").addFilter(_names_nobody)

    async def serve() -> None:
        rescuing = asyncio.create_task(_rescue_for_ever())
        async with worker_app().open_async() as worker:
            await worker.run_worker_async(
                concurrency=concurrency,
                shutdown_graceful_timeout=10,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                update_heartbeat_interval=5,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                fetch_job_polling_interval=1,
            )
        rescuing.cancel()

    asyncio.run(serve())


async def _rescue_for_ever() -> None:
    """Looks after dead workers beside the queue: as a job it would itself be left behind by a worker that dies."""
    while True:
        await asyncio.sleep(RESCUE_EVERY_SECONDS)
        try:
            await asyncio.to_thread(_rescue)
        except Exception as error:
            # The database may be away for a moment; the next round finds it.
            log.warning("rescue_failed", error=type(error).__name__)


def _rescue() -> None:
    _refresh_connection()
    try:
        rescue_stalled_jobs()
    finally:
        _refresh_connection()


def rescue_stalled_jobs() -> int:
    """Gives the jobs of workers that died back to the queue; returns how many."""
    rescued = 0
    for stalled in async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        # One that ended after all, between the two statements, needs no rescue.
        with contextlib.suppress(ConnectorException):
            async_to_sync(app.job_manager.retry_job)(stalled)
            rescued += 1
    return rescued


@transaction.atomic
def run_again(job_id: int) -> None:
    """Puts a failed job back into the queue, to start at once. Raises NotFound unless it is a failed one."""
    if not failed_jobs.lock_failed(job_id):
        raise NotFound()
    app.job_manager.retry_job_by_id(job_id, retry_at=clock.now())


def run_all_again() -> int:
    """Puts every failed job back into the queue; returns how many."""
    started = 0
    for job_id in failed_jobs.failed_job_ids():
        # Somebody else may have started it in the meantime.
        with contextlib.suppress(NotFound):
            run_again(job_id)
            started += 1
    return started


@periodic("17 3 * * *", name="core.sweep")
def _sweep() -> None:
    failed_jobs.sweep_failures()
    limits.sweep_limits()


def _refresh_connection() -> None:
    # Within somebody's transaction, as in tests, the connection is in use and stays.
    if not connection.in_atomic_block:
        close_old_connections()


def _names_nobody(line: logging.LogRecord) -> bool:
    # procrastinate logs a failed job with its error's text, which may name a customer; our `job_failed` says enough.
    return getattr(line, "action", "") not in ("job_error", "job_error_retry")
