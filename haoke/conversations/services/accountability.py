"""Keeping true who is accountable: the first responder, until somebody accepted the rest and the customer knows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.channels.choices import Purpose
from haoke.conversations import events, rules
from haoke.conversations.choices import BY_MACHINE, AssignmentReason, HandoverEnd, State
from haoke.conversations.models import Conversation, Handover, Message
from haoke.conversations.rules import Consequence
from haoke.conversations.services.loading import announce, decided
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.policies import queries as policies
from haoke.policies.errors import CalendarWithoutHours
from haoke.worklist.services import finish_items_of

# Worklist items about a handover stand on it until it is accepted or ends.
SUBJECT = "handover"


def follow_assignment(conversation: Conversation, *, reason: str, note: str, by: Actor, at: datetime) -> None:
    """Lets an assignment have its consequence; the caller holds the conversation and has saved it."""
    handover = open_handover_of(conversation)
    if reason == AssignmentReason.RECALLED and handover is None and conversation.first_responder_id is None:
        # Nothing reached the customer, so nobody answers for it yet.
        _set_accountable(conversation, conversation.assignee_id)
        return
    what = rules.consequence_of_assignment(
        accountable_id=conversation.accountable_id,
        assignee_id=conversation.assignee_id,
        is_from_machine=reason in BY_MACHINE,
        is_begun=conversation.state != State.NEW or handover is not None,
    )
    if handover is not None:
        handover = _pass_on(conversation, handover, what, by=by, at=at)
    elif what is Consequence.HANDS_OVER and conversation.accountable_id is not None:
        handover = begin(conversation, giver_id=conversation.accountable_id, note=note, by=by, at=at)
    if what is Consequence.BECOMES_ACCOUNTABLE:
        _set_accountable(conversation, conversation.assignee_id)
    if handover is not None and by.staff_id is not None and by.staff_id == conversation.assignee_id:
        # Whoever takes it has accepted it.
        accept(conversation, handover, by=by, at=at)


def open_handover_of(conversation: Conversation) -> Handover | None:
    return Handover.objects.filter(conversation=conversation, ended_at=None).first()


def begin(conversation: Conversation, *, giver_id: int, note: str, by: Actor, at: datetime) -> Handover:
    """Begins the handover of a conversation from its giver to its new assignee, or to its team."""
    handover = Handover.objects.create(
        conversation=conversation,
        at=at,
        giver_id=giver_id,
        receiver_id=conversation.assignee_id,
        team_id=conversation.team_id,
        note=note.strip()[:500],
        due_at=_due(at),
        **decided(by),
    )
    _tell_begun(conversation, handover, by=by, at=at)
    return handover


def accept(conversation: Conversation, handover: Handover, *, by: Actor, at: datetime) -> None:
    """Takes note that somebody answers for it from now on, as soon as the customer knows."""
    if handover.accepted_at is not None:
        return
    handover.accepted_at, handover.accepted_by_id, handover.receiver_id = at, by.staff_id, by.staff_id
    handover.save(update_fields=["accepted_at", "accepted_by", "receiver"])
    tell(conversation, events.HandoverAccepted, by=by, at=at, handover_id=handover.pk)
    finish_items_of(subject_kind=SUBJECT, subject_id=handover.pk, by=by)
    _complete(conversation, handover, by=by, at=at)


def note_told(conversation: Conversation, handover: Handover, *, by: Actor, at: datetime) -> None:
    """Takes note that the customer knows who looks after them now."""
    if handover.customer_told_at is None:
        handover.customer_told_at = at
        handover.save(update_fields=["customer_told_at"])
        tell(conversation, events.CustomerTold, by=by, at=at, handover_id=handover.pk)
        _complete(conversation, handover, by=by, at=at)


def end(conversation: Conversation, handover: Handover, how: HandoverEnd, *, by: Actor, at: datetime) -> None:
    """Ends a handover; nobody waits for anything about it any more."""
    handover.ended_at, handover.end = at, how
    handover.save(update_fields=["ended_at", "end"])
    tell(conversation, events.HandoverEnded, by=by, at=at, handover_id=handover.pk, end=how.value)
    finish_items_of(subject_kind=SUBJECT, subject_id=handover.pk, by=by)


@transaction.atomic
def note_contact(*, message_id: int) -> None:
    """A person's answer reached the customer, or the notice that somebody new looks after them.

    The first such answer makes its author the first responder, for ever; that of the receiver of a handover accepts it
    and tells the customer at the same time (METHODS B14).
    """
    now = clock.now()
    message = Message.objects.get(pk=message_id)
    is_notice = message.is_automatic and message.purpose == Purpose.HANDOVER
    if not is_notice and (message.is_automatic or message.author_kind != "staff"):
        return
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    handover = open_handover_of(conversation)
    by = Actor(kind="staff", id=message.author_id, name=message.author_name)
    if not is_notice:
        _note_first_answer(conversation, handover, by)
    if handover is not None and (is_notice or by.staff_id == handover.receiver_id):
        if not is_notice:
            accept(conversation, handover, by=by, at=now)
        if handover.ended_at is None:
            note_told(conversation, handover, by=by, at=now)
    announce(conversation)


@transaction.atomic
def end_with_conversation(*, conversation_id: int) -> None:
    """A conversation that is finished, or told on in another, is nobody's to accept any more."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    handover = open_handover_of(conversation)
    if handover is not None and (conversation.is_finished or conversation.merged_into_id is not None):
        end(conversation, handover, HandoverEnd.CLOSED, by=Actor.system(), at=clock.now())


def _pass_on(
    conversation: Conversation, handover: Handover, what: Consequence, *, by: Actor, at: datetime
) -> Handover | None:
    """What becomes of a handover that is still open when the conversation is assigned anew."""
    if what is Consequence.COMES_BACK:
        end(conversation, handover, HandoverEnd.RETURNED, by=by, at=at)
        return None
    if conversation.assignee_id is not None and conversation.assignee_id == handover.receiver_id:
        return handover
    if handover.receiver_id is None and handover.team_id == conversation.team_id:
        # It was offered to the whole team, and now it has found somebody.
        handover.receiver_id, handover.due_at, handover.dropped_at = conversation.assignee_id, _due(at), None
        handover.save(update_fields=["receiver", "due_at", "dropped_at"])
        _tell_begun(conversation, handover, by=by, at=at)
        return handover
    end(conversation, handover, HandoverEnd.REPLACED, by=by, at=at)
    return begin(conversation, giver_id=handover.giver_id, note=handover.note, by=by, at=at)


def _note_first_answer(conversation: Conversation, handover: Handover | None, by: Actor) -> None:
    if conversation.first_responder_id is not None:
        return
    conversation.first_responder_id = by.staff_id
    conversation.save(update_fields=["first_responder"])
    if handover is None:
        _set_accountable(conversation, by.staff_id)


def _complete(conversation: Conversation, handover: Handover, *, by: Actor, at: datetime) -> None:
    if rules.is_complete(
        is_accepted=handover.accepted_at is not None, is_customer_told=handover.customer_told_at is not None
    ):
        _set_accountable(conversation, handover.accepted_by_id)
        end(conversation, handover, HandoverEnd.COMPLETED, by=by, at=at)


def _set_accountable(conversation: Conversation, staff_id: int | None) -> None:
    conversation.accountable_id = staff_id
    conversation.save(update_fields=["accountable"])


def _due(at: datetime) -> datetime:
    """An hour of working time; of plain time where the calendar has no hours at all."""
    try:
        return policies.add_working_seconds(at, rules.ACCEPT_WITHIN_SECONDS, policies.working_calendar())
    except CalendarWithoutHours:
        return at + timedelta(seconds=rules.ACCEPT_WITHIN_SECONDS)


def _tell_begun(conversation: Conversation, handover: Handover, *, by: Actor, at: datetime) -> None:
    people = accounts.staff_names([handover.giver_id, handover.receiver_id])
    team = accounts.team_names([handover.team_id]).get(handover.team_id or 0, "")
    tell(
        conversation,
        events.HandoverBegun,
        by=by,
        at=at,
        handover_id=handover.pk,
        giver_id=handover.giver_id,
        giver=people.get(handover.giver_id, ""),
        receiver_id=handover.receiver_id,
        team_id=handover.team_id,
        receiver=people.get(handover.receiver_id or 0, team) or "—",
    )
