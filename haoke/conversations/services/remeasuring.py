"""Computing the numbers of a conversation from its messages and decisions, whatever was kept before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models import Assignment, Clock, Conversation, Handover, Measures, Message
from haoke.conversations.queries.waiting import answers_in, words_in
from haoke.conversations.rules import measuring as rules
from haoke.core.errors import Refusal
from haoke.policies import queries as policies
from haoke.timeline import queries as timeline

MOST_AT_ONCE = 500

_STATE_FACTS = ("conversation.state_changed", "conversation.closed", "conversation.reopened")
_SPOKEN = (MessageKind.MAIL, MessageKind.FORM, MessageKind.CALL)


@transaction.atomic
def measure_anew(*, conversation_id: int) -> Measures:
    """Writes the numbers of one conversation as its story tells them."""
    measures = computed(Conversation.objects.select_for_update().get(pk=conversation_id))
    measures.save()
    return measures


def measure_missing() -> int:
    """Measures conversations that have no numbers yet, at most so many at a time; returns how many."""
    missing = Conversation.objects.filter(~Exists(Measures.objects.filter(pk=OuterRef("pk"))))
    found = list(missing.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for conversation_id in found:
        measure_anew(conversation_id=conversation_id)
    return len(found)


def computed(conversation: Conversation) -> Measures:
    """The numbers, not yet saved; five queries and those of the calendar."""
    words = _words(conversation)
    solution = rules.solution(_turns(conversation))
    measures = Measures(
        conversation=conversation,
        opened_at=conversation.opened_at,
        came_by=_came_by(conversation),
        first_resolved_at=solution.first_at,
        messages_in=sum(not word.is_ours for word in words),
        messages_out=sum(word.is_ours for word in words),
        reopenings=solution.reopenings,
        handovers=Handover.objects.filter(conversation=conversation, accepted_at__isnull=False).count(),
    )
    response = rules.first_response(words)
    if response is not None:
        set_response(measures, response.at)
    set_resolution(measures, solution.last_at)
    _attribute(measures, conversation, response, solution.last_at)
    return measures


def set_response(measures: Measures, at: datetime) -> None:
    measures.first_response_at = at
    measures.first_response_seconds = _seconds(measures.opened_at, at)
    measures.first_response_business_seconds = _business_seconds(measures, at)


def set_resolution(measures: Measures, at: datetime | None) -> None:
    """None takes it back: the conversation is open again."""
    measures.resolved_at = at
    measures.resolution_seconds = _seconds(measures.opened_at, at) if at else None
    measures.resolution_business_seconds = _business_seconds(measures, at) if at else None


def _words(conversation: Conversation) -> list[rules.Word]:
    said = (words_in([conversation.pk]) | answers_in([conversation.pk])).order_by("at", "pk")
    return [
        rules.Word(at, direction == "out", kind, author_id if author_kind == "staff" else None)
        for at, direction, kind, author_kind, author_id in said.values_list(
            "at", "direction", "kind", "author_kind", "author_id"
        )
    ]


def _came_by(conversation: Conversation) -> str:
    spoken = Message.objects.filter(
        conversation=conversation, kind__in=_SPOKEN, is_automatic=False, recalled_at=None
    ).order_by("at", "pk")
    return spoken.values_list("kind", flat=True).first() or ""


def _turns(conversation: Conversation) -> list[rules.Turn]:
    facts = timeline.whole_history("conversation", conversation.pk, kinds=_STATE_FACTS)
    return [
        rules.Turn(
            at=fact.at,
            new=str(fact.payload.get("new", State.OPEN if fact.kind.endswith("reopened") else State.CLOSED)),
            is_reopening=fact.kind == "conversation.reopened",
        )
        for fact in facts
    ]


def _attribute(
    measures: Measures, conversation: Conversation, response: rules.Word | None, resolved_at: datetime | None
) -> None:
    """Whose work it counts as: who answered first, else whoever it was with when it was finished, else is with now."""
    moment = response.at if response else resolved_at
    possessions = [
        rules.Possession(*row)
        for row in Assignment.objects.filter(conversation=conversation)
        .order_by("pk")
        .values_list("at", "assignee_id", "team_id")
    ]
    if moment is None or not possessions:
        measures.staff_id, measures.team_id = conversation.assignee_id, conversation.team_id
    elif held := rules.possession_at(moment, possessions):
        measures.staff_id, measures.team_id = held.staff_id, held.team_id
    else:
        # Before it was given to anybody it lay with the team of its mailbox.
        measures.team_id = conversation.channel.team_id if conversation.channel else None
    if response is not None and response.staff_id is not None:
        measures.staff_id = response.staff_id


def _seconds(start: datetime, end: datetime) -> int:
    """Nothing is negative: a message that was split off may be older than its conversation."""
    return max(0, int((end - start).total_seconds()))


def _business_seconds(measures: Measures, until: datetime) -> int | None:
    """By the calendar of its clocks, else the house's; None where a calendar has no hours."""
    clocks = Clock.objects.filter(conversation_id=measures.conversation_id).order_by("pk")
    code = clocks.values_list("calendar__code", flat=True).first() or policies.STANDARD
    try:
        return max(0, policies.working_seconds_between(measures.opened_at, until, policies.working_calendar(code)))
    except Refusal:
        return None
