"""What the clocks of a conversation say: once each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import ClockKind
from haoke.conversations.events.conversations import ConversationFact


@dataclass(frozen=True, kw_only=True)
class ClockFact(ConversationFact):
    """About one clock; `due_at` is the deadline as it stood, in ISO form."""

    labels = {"clock": ClockKind}
    clock_id: int
    clock: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ClockWarned(ClockFact):
    kind = "clock.warned"
    icon = "clock"
    sentence = _("HK-%(conversation_id)s is due soon: %(clock)s")


@dataclass(frozen=True, kw_only=True)
class ClockBreached(ClockFact):
    kind = "clock.breached"
    icon = "clock-alert"
    sentence = _("HK-%(conversation_id)s is overdue: %(clock)s")


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(ClockFact):
    """A running clock was computed anew, because its calendar says something else now."""

    kind = "deadline.moved"
    icon = "calendar-clock"
    sentence = _("A deadline of HK-%(conversation_id)s moved with the calendar: %(clock)s")
    old_due_at: str
