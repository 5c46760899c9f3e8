"""Telling that a clock warned, was missed or moved: a warning and a breach once each in the life of a clock."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations import events
from haoke.conversations.events.clocks import ClockFact
from haoke.conversations.models import Clock, Conversation
from haoke.core.actor import Actor
from haoke.timeline.services import record


def note_warning(clock: Clock, conversation: Conversation, *, at: datetime) -> None:
    """The caller holds the conversation locked and has seen that the clock did not warn yet."""
    clock.warned_at = at
    clock.save(update_fields=["warned_at"])
    _record(events.ClockWarned, clock, conversation, at=at)


def note_breach(clock: Clock, conversation: Conversation, *, at: datetime) -> None:
    """The caller holds the conversation locked and has seen that the clock was not missed yet."""
    clock.breached_at = at
    # A warning that comes with the breach, or after it, would tell nobody anything.
    clock.warned_at = clock.warned_at or at
    clock.save(update_fields=["breached_at", "warned_at"])
    _record(events.ClockBreached, clock, conversation, at=at)


def note_move(clock: Clock, conversation: Conversation, *, old_due_at: datetime | None, at: datetime) -> None:
    """The clock has another deadline because its calendar says something else now."""
    _record(events.DeadlineMoved, clock, conversation, at=at, old_due_at=_written(old_due_at))


def _record(
    happened: type[ClockFact], clock: Clock, conversation: Conversation, *, at: datetime, **details: str
) -> None:
    # Not `tell`: clocks do not follow what clocks say, and this may be part of following something else.
    record(
        happened(
            conversation_id=conversation.pk,
            customer_id=conversation.customer_id,
            clock_id=clock.pk,
            clock=clock.kind,
            due_at=_written(clock.due_at),
            **details,
        ),
        by=Actor.system(),
        at=at,
    )


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
