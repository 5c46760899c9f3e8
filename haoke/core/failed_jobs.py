"""What is kept about a failed job, and how the failed list reads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError
from django.db.models import Count
from django.utils.module_loading import import_string
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.core import clock
from haoke.core.errors import Refusal
from haoke.core.logs import place_of
from haoke.core.models import JobFailure

log = structlog.get_logger("haoke.jobs")

OURS = "haoke."
STATES = ("todo", "doing", "failed")


@dataclass(frozen=True)
class FailedJob:
    """One job that has given up; `explanation` is the refusal's own sentence where it was one."""

    id: int
    task: str
    queue: str
    arguments: dict[str, Any]
    attempts: int
    error: str
    place: str
    explanation: str
    failed_at: datetime | None


@dataclass(frozen=True)
class QueueCounts:
    queue: str
    todo: int
    doing: int
    failed: int


def note_failure(job_id: int | None, error: Exception) -> None:
    """Keeps the kind and place of a job's latest error, in a transaction of its own; the job's was rolled back."""
    if job_id is None:
        return
    values = {"error": _name(type(error))[:200], "place": place_of(error)[:200], "failed_at": clock.now()}
    try:
        JobFailure.objects.update_or_create(job_id=job_id, defaults=values)
    except DatabaseError as trouble:
        # The job's own error matters more than our note about it.
        log.warning("job_failure_not_noted", job_id=job_id, error=type(trouble).__name__)


def failed_jobs(*, before: int | None = None, most: int = 50) -> list[FailedJob]:
    """Jobs that have given up, newest first; `before` is the id of the last one on the page before."""
    jobs = ProcrastinateJob.objects.filter(status="failed")
    if before is not None:
        jobs = jobs.filter(pk__lt=before)
    page = list(jobs.order_by("-pk")[:most])
    failures = JobFailure.objects.in_bulk([job.pk for job in page])
    return [_failed_job(job, failures.get(job.pk)) for job in page]


def failed_job_ids() -> list[int]:
    return list(ProcrastinateJob.objects.filter(status="failed").order_by("pk").values_list("pk", flat=True))


def lock_failed(job_id: int) -> bool:
    """Whether the job is a failed one; holds it until the caller's transaction ends."""
    return ProcrastinateJob.objects.select_for_update().filter(pk=job_id, status="failed").exists()


def queue_counts() -> list[QueueCounts]:
    """How many jobs wait, run and have given up in every queue that has any, by name."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STATES, 0))
    rows = ProcrastinateJob.objects.filter(status__in=STATES).values_list("queue_name", "status").annotate(Count("pk"))
    for queue, status, number in rows.order_by():
        counts[queue][status] = number
    return [QueueCounts(queue, **numbers) for queue, numbers in sorted(counts.items())]


def sweep_failures() -> None:
    """Removes what was kept of jobs that succeeded in the end."""
    JobFailure.objects.exclude(job_id__in=ProcrastinateJob.objects.values("pk")).delete()


def _failed_job(job: ProcrastinateJob, failure: JobFailure | None) -> FailedJob:
    return FailedJob(
        id=job.pk,
        task=job.task_name,
        queue=job.queue_name,
        arguments=job.args,
        attempts=job.attempts,
        error=failure.error.rpartition(".")[2] if failure else "",
        place=failure.place if failure else "",
        explanation=_explanation(failure.error) if failure else "",
        failed_at=failure.failed_at if failure else None,
    )


def _explanation(error: str) -> str:
    """The refusal's sentence in the reader's language, its blanks left open: what filled them was not kept."""
    if not error.startswith(OURS):
        return ""
    try:
        kind = import_string(error)
    except ImportError:
        return ""
    if not (isinstance(kind, type) and issubclass(kind, Refusal)):
        return ""
    text = str(kind.message)
    return text % _Blanks() if "%(" in text else text


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


class _Blanks(dict):
    def __missing__(self, key: str) -> str:
        return "…"
