"""Changing many conversations at once: each by its ordinary service, refused ones told, all of it to be taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from haoke.accounts import queries as accounts
from haoke.conversations import errors, events, rules
from haoke.conversations.choices import BulkState
from haoke.conversations.models import BulkChange, BulkChangeRow, Conversation
from haoke.conversations.queries import InboxFilter, matching, readable_conversations
from haoke.conversations.services.bulk_rows import change_row, take_row_back
from haoke.core import clock, live, queue
from haoke.core.actor import Actor
from haoke.core.database import count_up_to
from haoke.core.errors import NotFound
from haoke.timeline.services import record

BATCH = 100
# A change that has not ended by then lost its process; whoever sweeps starts it again.
STUCK_AFTER = timedelta(minutes=1)


def change_many(
    *,
    action: str,
    value: str,
    conversation_ids: Collection[int] = (),
    everything: InboxFilter | None = None,
    by: Actor,
) -> BulkChange:
    """Changes the named conversations, or `everything` a list shows: a few at once, many in the background.

    Raises Forbidden, Invalid, NothingSelected, TooManySelected; what single conversations refuse stands in their rows.
    """
    change = _begin(action, value, conversation_ids, everything, by)
    return _run_if_few(change)


def take_many_back(*, change_id: int, by: Actor) -> BulkChange:
    """Puts back what a change of one's own set, where nobody changed it since; stops it where it still runs.

    Raises NotFound, UndoTooLate.
    """
    return _run_if_few(_begin_taking_back(change_id, by))


def run_bulk_change(*, change_id: int, most: int = BATCH) -> None:
    """Does the next rows of a change, with the rights its author has now, and asks for another round if any are left.

    Each row is changed and marked in one transaction: a crash between two rows loses none and repeats none.
    """
    change = BulkChange.objects.get(pk=change_id)
    by = accounts.actor_of_staff(change.staff_id)
    is_undoing = change.state == BulkState.UNDOING
    step = take_row_back if is_undoing else change_row
    for row_id in _open_rows(change).order_by("pk").values_list("pk", flat=True)[:most]:
        step(row_id, by)
    if _open_rows(change).exists():
        queue.defer_once("conversations.run_bulk_change", key=f"bulk:{change.pk}", change_id=change.pk)
    else:
        ended = BulkState.UNDONE if is_undoing else BulkState.DONE
        BulkChange.objects.filter(pk=change.pk, state=change.state).update(state=ended)
    live.announce(f"bulk:{change.pk}")


def resume_bulk_changes() -> int:
    """Starts those again whose process was lost; returns how many."""
    stuck = BulkChange.objects.filter(
        state__in=(BulkState.RUNNING, BulkState.UNDOING), at__lt=clock.now() - STUCK_AFTER
    )
    for change_id in stuck.values_list("pk", flat=True):
        queue.defer_once("conversations.run_bulk_change", key=f"bulk:{change_id}", change_id=change_id)
    return len(stuck)


@transaction.atomic
def _begin(
    action: str, value: str, conversation_ids: Collection[int], everything: InboxFilter | None, by: Actor
) -> BulkChange:
    now = clock.now()
    author_id = by.require_staff()
    rules.check_bulk_change(action, value)
    by.require(rules.ability_for(action))
    found = (
        readable_conversations(by).filter(pk__in=conversation_ids) if everything is None else matching(by, everything)
    )
    total = count_up_to(rules.MOST_CONVERSATIONS + 1, {"found": found})["found"]
    if total == 0:
        raise errors.NothingSelected()
    if total > rules.MOST_CONVERSATIONS:
        raise errors.TooManySelected(most=rules.MOST_CONVERSATIONS)
    change = BulkChange.objects.create(action=action, value=value.strip()[:500], staff_id=author_id, at=now, total=0)
    change.total = _note_rows(change, found)
    change.save(update_fields=["total"])
    _defer_if_many(change)
    record(events.BulkChangeBegun(bulk_change_id=change.pk, action=action, total=change.total), by=by, at=now)
    return change


@transaction.atomic
def _begin_taking_back(change_id: int, by: Actor) -> BulkChange:
    now = clock.now()
    change = BulkChange.objects.select_for_update().filter(pk=change_id, staff_id=by.staff_id or 0).first()
    if change is None:
        raise NotFound()
    if change.undone_at is not None:
        return change
    if now > change.at + rules.UNDO_WINDOW:
        raise errors.UndoTooLate(minutes=rules.UNDO_WINDOW // timedelta(minutes=1))
    change.state, change.undone_at = BulkState.UNDOING, now
    change.save(update_fields=["state", "undone_at"])
    _defer_if_many(change)
    record(
        events.BulkChangeTakenBack(bulk_change_id=change.pk, action=change.action, total=change.total), by=by, at=now
    )
    return change


def _note_rows(change: BulkChange, found: QuerySet[Conversation]) -> int:
    """Writes down which conversations are meant, in one statement however many; returns how many."""
    sql, values = found.order_by().values("pk")[: rules.MOST_CONVERSATIONS].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_bulkchangerow (change_id, conversation_id, is_done, is_changed, before, problem)"
            f" SELECT %s, meant.id, false, false, '', '' FROM ({sql}) AS meant (id)",
            [change.pk, *values],
        )
        return cursor.rowcount


def _defer_if_many(change: BulkChange) -> None:
    if change.total > rules.MOST_AT_ONCE:
        queue.defer_once("conversations.run_bulk_change", key=f"bulk:{change.pk}", change_id=change.pk)


def _run_if_few(change: BulkChange) -> BulkChange:
    if change.total <= rules.MOST_AT_ONCE:
        run_bulk_change(change_id=change.pk, most=rules.MOST_AT_ONCE)
        change.refresh_from_db()
    return change


def _open_rows(change: BulkChange) -> QuerySet[BulkChangeRow]:
    """What is left to do: rows nobody has touched, or, on the way back, those that were changed."""
    rows = BulkChangeRow.objects.filter(change=change)
    if change.state == BulkState.UNDOING:
        return rows.filter(is_changed=True, problem="")
    return rows.filter(is_done=False)
