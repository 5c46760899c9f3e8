"""Reading handovers: the one that is open, why a conversation lies where it lies, and what nobody took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from haoke.conversations.choices import BY_MACHINE, ROUTING_SENTENCES, AssignmentReason, HandoverEnd
from haoke.conversations.models import Assignment, Handover
from haoke.conversations.queries.reach import visible_conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline import queries as timeline
from haoke.timeline.queries import Line

# The report looks back so far.
REPORTED = timedelta(days=90)


@dataclass(frozen=True)
class HandoverView:
    """A handover ready to be read; `receiver` is the team's name where nobody took it yet."""

    id: int
    conversation_id: int
    subject: str
    customer: str
    giver_id: int
    giver: str
    receiver_id: int | None
    receiver: str
    team: str
    note: str
    begun_at: datetime
    begun_by: str
    due_at: datetime
    dropped_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str
    customer_told_at: datetime | None
    ended_at: datetime | None
    end: str

    @property
    def reference(self) -> str:
        return f"HK-{self.conversation_id}"

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None

    @property
    def is_dropped(self) -> bool:
        """Nobody had accepted it in time, whatever became of it later."""
        return self.dropped_at is not None

    @property
    def end_label(self) -> str:
        return str(HandoverEnd(self.end).label) if self.end else ""

    def may_accept(self, actor: Actor) -> bool:
        """Offered to them, or to a whole team: then whoever may answer may take it, the giver excepted."""
        if self.is_accepted or actor.staff_id is None or actor.staff_id == self.giver_id:
            return False
        return self.receiver_id in (None, actor.staff_id)

    def may_give_back(self, actor: Actor) -> bool:
        """Whoever it was handed to, until the customer knows."""
        return actor.staff_id is not None and actor.staff_id == self.receiver_id

    def may_tell(self, actor: Actor) -> bool:
        return self.is_accepted and self.customer_told_at is None and actor.staff_id == self.receiver_id


@dataclass(frozen=True)
class HandoverReport:
    """Open and dropped handovers within reach, and how all of the last 90 days went."""

    open: list[HandoverView]
    dropped: list[HandoverView]
    begun: int
    dropped_in_all: int


@dataclass(frozen=True)
class LastAssignment:
    """Who has it since when, and why, in one sentence."""

    at: datetime
    by: str
    is_from_machine: bool
    why: str
    note: str


def last_routing_changes() -> dict[int, Line]:
    """The latest change of each team's rule, by team."""
    lines = timeline.audit_trail(kinds=["routing.changed"], most=200)
    return {line.subject_id: line for line in reversed(lines) if line.subject_id is not None}


def open_handover(conversation_id: int) -> HandoverView | None:
    """The handover a conversation is in, None where it lies quietly; one query."""
    found = _readable(Handover.objects.filter(conversation_id=conversation_id, ended_at=None)).first()
    return _view(found) if found else None


def last_assignment(conversation_id: int) -> LastAssignment | None:
    """Why a conversation lies where it lies; one query."""
    found = Assignment.objects.filter(conversation_id=conversation_id).order_by("-pk").first()
    if found is None:
        return None
    return LastAssignment(
        at=found.at, by=found.by_name, is_from_machine=found.reason in BY_MACHINE, why=_why(found), note=found.note
    )


def handover_report(actor: Actor, *, most: int = 100) -> HandoverReport:
    """Handovers of the last 90 days among the conversations the actor sees, the longest open first; three queries."""
    recent = Handover.objects.filter(
        conversation__in=visible_conversations(actor).values("pk"), at__gt=clock.now() - REPORTED
    )
    running = _readable(recent.filter(ended_at=None)).order_by("at", "pk")[:most]
    dropped = _readable(recent.filter(dropped_at__isnull=False, ended_at__isnull=False)).order_by("-at", "-pk")[:most]
    numbers = recent.aggregate(begun=Count("pk"), dropped=Count("pk", filter=Q(dropped_at__isnull=False)))
    return HandoverReport(
        open=[_view(each) for each in running],
        dropped=[_view(each) for each in dropped],
        begun=numbers["begun"],
        dropped_in_all=numbers["dropped"],
    )


def _readable(found: QuerySet[Handover]) -> QuerySet[Handover]:
    return found.select_related("giver", "receiver", "team", "accepted_by", "conversation__customer")


def _view(found: Handover) -> HandoverView:
    conversation, team = found.conversation, found.team.name if found.team else ""
    return HandoverView(
        id=found.pk,
        conversation_id=found.conversation_id,
        subject=conversation.subject,
        customer=conversation.customer.name if conversation.customer else conversation.sender_name,
        giver_id=found.giver_id,
        giver=found.giver.name,
        receiver_id=found.receiver_id,
        receiver=found.receiver.name if found.receiver else team or "—",
        team=team,
        note=found.note,
        begun_at=found.at,
        begun_by=found.by_name,
        due_at=found.due_at,
        dropped_at=found.dropped_at,
        accepted_at=found.accepted_at,
        accepted_by=found.accepted_by.name if found.accepted_by else "",
        customer_told_at=found.customer_told_at,
        ended_at=found.ended_at,
        end=found.end,
    )


def _why(found: Assignment) -> str:
    sentence = ROUTING_SENTENCES.get(AssignmentReason(found.reason))
    if sentence is None:
        return str(AssignmentReason(found.reason).label)
    return str(sentence) % {"load": found.load, "capacity": found.capacity}
