"""The one door through which facts and looks are written, and the job body that lets the house react to facts."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.db import connection, transaction

from haoke.core import clock, queue
from haoke.core.actor import Actor
from haoke.timeline.facts import Fact
from haoke.timeline.models import Access, Batch, Entry, Reaction
from haoke.timeline.reactions import Happened, React, name_of, reactions_to

log = structlog.get_logger("haoke.timeline")

_BATCH_SETTING = "haoke.batch"
_QUARTER_SECONDS = 15 * 60


def record(fact: Fact, *, by: Actor, at: datetime | None = None) -> int:
    """Writes one fact inside the caller's transaction and returns its entry id.

    Where the wiring names reactions, one job for the whole transaction is deferred with it, so that nothing is lost and
    nothing follows from a change that was rolled back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A fact belongs to the change it tells of: record it inside a transaction.")
    entry = Entry.objects.create(
        kind=fact.kind,
        at=at or clock.now(),
        subject_kind=fact.subject,
        subject_id=fact.subject_id,
        customer_id=fact.customer_id,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name[:200],
        audience=fact.audience,
        channel=fact.channel,
        direction=fact.direction,
        payload=fact.payload(),
        batch_id=_batch_id() if reactions_to(fact.kind) else None,
    )
    return entry.pk


def note_access(
    *,
    kind: str,
    subject_kind: str = "",
    subject_id: int | None = None,
    customer_id: int | None = None,
    network: str = "",
    by: Actor,
) -> None:
    """Keeps that somebody looked at personal data: one row, and one query, for the same thing in a quarter of an hour.

    The subject is what was looked at (kind and id), such as a conversation; `customer_id` whose data it was.
    """
    now = clock.now()
    row = Access(
        at=now,
        quarter=datetime.fromtimestamp(int(now.timestamp()) // _QUARTER_SECONDS * _QUARTER_SECONDS, UTC),
        kind=kind,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name[:200],
        subject_kind=subject_kind,
        subject_id=subject_id,
        customer_id=customer_id,
        network=network[:40],
    )
    Access.objects.bulk_create([row], ignore_conflicts=True)


def run_reactions(batch_id: int) -> None:
    """Runs what the wiring names for the batch, each reaction in a transaction of its own and exactly once.

    A reaction that fails does not hold up the others. One error is raised at the end, so that the job is retried: one
    that is worth another try before one that is final.
    """
    failures: list[Exception] = []
    for entry in Entry.objects.filter(batch_id=batch_id).order_by("pk"):
        happened = Happened(entry.pk, entry.kind, entry.at, entry.subject_id, entry.customer_id, entry.payload)
        for reaction in reactions_to(entry.kind):
            try:
                _run_once(happened, reaction)
            except Exception as error:
                log.warning("reaction_failed", reaction=name_of(reaction), entry=entry.pk, error=type(error).__name__)
                failures.append(error)
    if failures:
        raise min(failures, key=queue.is_final)


def react_now() -> None:
    """Runs the reactions to what this transaction recorded so far here and now, before it commits.

    For a history told with the clock held: what follows from a fact must happen at the fact's own time. The job of each
    batch still comes, and finds everything done.
    """
    while (batch_id := _take_batch()) is not None:
        run_reactions(batch_id)


@transaction.atomic
def _run_once(happened: Happened, reaction: React) -> None:
    _done, is_new = Reaction.objects.get_or_create(entry_id=happened.entry_id, name=name_of(reaction))
    if is_new:
        reaction(happened)


def _batch_id() -> int:
    """The batch of this transaction.

    Its id is kept in a transaction-local setting, which PostgreSQL itself takes back when a savepoint rolls back,
    together with the batch row and the job.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [_BATCH_SETTING])
        current = cursor.fetchone()[0]
        if current:
            return int(current)
        batch = Batch.objects.create(created_at=clock.now())
        cursor.execute("SELECT set_config(%s, %s, true)", [_BATCH_SETTING, str(batch.pk)])
    queue.defer("timeline.react", batch_id=batch.pk)
    return batch.pk


def _take_batch() -> int | None:
    """Closes the batch of this transaction, so that the next fact begins another; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [_BATCH_SETTING])
        current = cursor.fetchone()[0]
        cursor.execute("SELECT set_config(%s, '', true)", [_BATCH_SETTING])
    return int(current) if current else None
