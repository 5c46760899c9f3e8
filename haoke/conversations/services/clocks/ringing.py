"""Ringing: clocks warn and breach at their time, once each, however many workers look and however late they come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from haoke.conversations.models import Clock, ClockPause, Conversation
from haoke.conversations.rules import clocks as rules
from haoke.conversations.services.clocks.facts import note_breach, note_move, note_warning
from haoke.conversations.services.clocks.running import Running, columns_of, in_hand
from haoke.conversations.services.loading import announce
from haoke.core import clock
from haoke.policies import queries as policies

BATCH = 100
_RUNNING = Q(stopped_at=None)


def ring() -> int:
    """Tells every warning and breach whose time has come; returns how many conversations it looked at.

    Each batch is a transaction of its own. A conversation that somebody works on at this moment is left for the next
    round; what they do there notices a missed deadline itself.
    """
    seen = 0
    while (looked_at := _ring_batch(clock.now())) > 0:
        seen += looked_at
        if looked_at < BATCH:
            break
    return seen


@transaction.atomic
def recompute_deadlines(*, calendar_id: int, after_id: int = 0) -> int | None:
    """Computes a batch of deadlines anew after their calendar changed; returns where the next batch begins, or None.

    Only what runs and was not missed: a clock that stopped, and a deadline that was missed, are history.
    """
    now = clock.now()
    standing = Clock.objects.filter(_RUNNING, calendar_id=calendar_id, breached_at=None)
    following = standing.filter(conversation_id__gt=after_id).order_by("conversation_id")
    ids = list(following.values_list("conversation_id", flat=True).distinct()[:BATCH])
    calendar = policies.working_calendars([calendar_id]).get(calendar_id)
    if not ids or calendar is None:
        return None
    # In the order of their numbers, so that two who lock several wait for each other instead of blocking.
    held = {each.pk: each for each in Conversation.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    is_paused = Exists(ClockPause.objects.filter(clock=OuterRef("pk"), ended_at=None))
    moved = [
        each.clock.conversation_id
        for each in in_hand(standing.filter(~is_paused, conversation_id__in=held))
        if _move(each, held[each.clock.conversation_id], calendar, now)
    ]
    _show([held[each] for each in dict.fromkeys(moved)], now)
    return ids[-1] if len(ids) == BATCH else None


@transaction.atomic
def _ring_batch(now: datetime) -> int:
    due = _warning(now).values_list("conversation_id").union(_breaching(now).values_list("conversation_id"))
    ids = [conversation_id for (conversation_id,) in due[:BATCH]]
    held = {
        each.pk: each
        for each in Conversation.objects.select_for_update(skip_locked=True).filter(pk__in=ids).order_by("pk")
    }
    # Asked again now that they are held: another worker, or the answer itself, may have been quicker.
    for breached in _breaching(now).filter(conversation_id__in=held):
        note_breach(breached, held[breached.conversation_id], at=now)
    for warning in _warning(now).filter(conversation_id__in=held):
        note_warning(warning, held[warning.conversation_id], at=now)
    _show(held.values(), now)
    return len(held)


def _warning(now: datetime) -> QuerySet[Clock]:
    """What has come so near to its end that it warns; found by an index of its own."""
    return Clock.objects.filter(_RUNNING, warned_at=None, warn_at__lte=rules.whole_second(now))


def _breaching(now: datetime) -> QuerySet[Clock]:
    """What was missed and has not said so; found by an index of its own."""
    return Clock.objects.filter(_RUNNING, breached_at=None, due_at__lt=rules.whole_second(now))


def _move(each: Running, conversation: Conversation, calendar: policies.WorkingCalendar, now: datetime) -> bool:
    """Gives a running clock its deadline by the calendar as it is now; whether anything about it changed."""
    moved = each.clock
    if rules.is_late(now, moved.due_at):
        # Missed by the calendar that applied then, only not told yet; a change of today does not undo it.
        note_breach(moved, conversation, at=now)
        return True
    old_due_at, was_provisional = moved.due_at, moved.is_provisional
    each.set_time(calendar)
    if (moved.due_at, moved.is_provisional) == (old_due_at, was_provisional):
        return False
    moved.save(update_fields=["warn_at", "due_at", "is_provisional"])
    if moved.due_at != old_due_at:
        note_move(moved, conversation, old_due_at=old_due_at, at=now)
    return True


def _show(conversations: Collection[Conversation], now: datetime) -> None:
    """Keeps the columns of the lists true and tells the open pages."""
    running: dict[int, list[Clock]] = {each.pk: [] for each in conversations}
    for each in Clock.objects.filter(_RUNNING, conversation_id__in=running):
        running[each.conversation_id].append(each)
    for conversation in conversations:
        for name, value in columns_of(running[conversation.pk], now).items():
            setattr(conversation, name, value)
        conversation.save(update_fields=["due_at", "clock_state"])
        announce(conversation)
