"""Making the words of all messages anew, batch by batch, while the house goes on working."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from haoke.conversations import events
from haoke.conversations.models import Conversation, Message, MessageWords, SearchRebuild
from haoke.conversations.rules import SCHEME
from haoke.conversations.services.indexing import index_messages, searchable
from haoke.core import clock, live, queue
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.timeline.services import record

BLOCK = "search-index"
# Small, because the conversations of a batch wait for it.
BATCH = 100
BATCHES_A_ROUND = 20


@transaction.atomic
def start_search_rebuild(*, by: Actor) -> SearchRebuild:
    """Begins to make the words of all messages anew, or joins the rebuild that runs. Raises Forbidden."""
    by.require("operations.change")
    lock_name("conversations.search_rebuild")
    return SearchRebuild.objects.filter(finished_at=None).first() or _begin(clock.now(), by)


@transaction.atomic
def cancel_search_rebuild(*, by: Actor) -> SearchRebuild | None:
    """Stops the rebuild that runs, if any: what it has made stays, the rest is found as before. Raises Forbidden."""
    now = clock.now()
    by.require("operations.change")
    rebuild = _running()
    if rebuild is not None:
        _cancel(rebuild, now, by)
    return rebuild


@transaction.atomic
def complete_search() -> SearchRebuild | None:
    """Begins a rebuild where messages were written before there was a search, or under other rules than today's."""
    now = clock.now()
    lock_name("conversations.search_rebuild")
    if SearchRebuild.objects.filter(scheme=SCHEME, is_cancelled=False).exists():
        return None
    if (outdated := _running()) is not None:
        _cancel(outdated, now, Actor.system())
    return _begin(now, Actor.system())


def run_search_rebuild(*, rebuild_id: int) -> None:
    """Does a round of a rebuild and asks for the next one; a round that died is simply done again."""
    for _round in range(BATCHES_A_ROUND):
        rebuild = advance_search_rebuild(rebuild_id=rebuild_id)
        if rebuild is None or rebuild.finished_at is not None:
            return
    _continue(rebuild_id)


def resume_search_rebuild() -> None:
    """Goes on with a rebuild whose process was lost."""
    for rebuild_id in SearchRebuild.objects.filter(finished_at=None).values_list("pk", flat=True):
        _continue(rebuild_id)


@transaction.atomic
def advance_search_rebuild(*, rebuild_id: int, most: int = BATCH) -> SearchRebuild | None:
    """Makes the words of the next messages, the newest first; None for an unknown rebuild.

    Several may advance the same rebuild: the batch and how far it has come are one transaction.
    """
    rebuild = _locked(rebuild_id)
    if rebuild is None or rebuild.finished_at is not None:
        return rebuild
    ids = list(
        Message.objects.filter(pk__lt=rebuild.next_message_id).order_by("-pk").values_list("pk", flat=True)[:most]
    )
    if ids:
        _index(ids)
        rebuild.next_message_id, rebuild.done = ids[-1], rebuild.done + len(ids)
    if len(ids) < most:
        rebuild.finished_at = clock.now()
        record(
            events.SearchRebuildFinished(rebuild_id=rebuild.pk, done=rebuild.done),
            by=Actor.system(),
            at=rebuild.finished_at,
        )
    rebuild.save(update_fields=["next_message_id", "done", "finished_at"])
    live.announce(BLOCK)
    return rebuild


def _index(ids: list[int]) -> None:
    messages = Message.objects.filter(pk__in=ids)
    # Whoever renames, merges or splits one of these conversations comes before or after, never in between.
    list(
        Conversation.objects.select_for_update(no_key=True)
        .filter(pk__in=messages.values("conversation_id"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    MessageWords.objects.filter(message__in=ids).exclude(message__in=searchable(messages)).delete()
    index_messages(messages)


def _begin(now: datetime, by: Actor) -> SearchRebuild:
    total = Message.objects.count()
    rebuild = SearchRebuild.objects.create(
        scheme=SCHEME,
        started_at=now,
        by_name=by.name[:200],
        next_message_id=(Message.objects.aggregate(last=Max("pk"))["last"] or 0) + 1,
        total=total,
        finished_at=None if total else now,
    )
    if total:
        record(events.SearchRebuildStarted(rebuild_id=rebuild.pk, total=total), by=by, at=now)
        _continue(rebuild.pk)
        live.announce(BLOCK)
    return rebuild


def _cancel(rebuild: SearchRebuild, now: datetime, by: Actor) -> None:
    rebuild.finished_at, rebuild.is_cancelled = now, True
    rebuild.save(update_fields=["finished_at", "is_cancelled"])
    record(events.SearchRebuildCancelled(rebuild_id=rebuild.pk, done=rebuild.done), by=by, at=now)
    live.announce(BLOCK)


def _continue(rebuild_id: int) -> None:
    queue.defer_once("conversations.run_search_rebuild", key=f"search-rebuild:{rebuild_id}", rebuild_id=rebuild_id)


def _running() -> SearchRebuild | None:
    return SearchRebuild.objects.select_for_update().filter(finished_at=None).first()


def _locked(rebuild_id: int) -> SearchRebuild | None:
    return SearchRebuild.objects.select_for_update().filter(pk=rebuild_id).first()
