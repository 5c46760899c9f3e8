"""Handing over: accepting, giving back, telling the customer, and noticing what nobody took (METHODS B14)."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from haoke.accounts import queries as accounts
from haoke.accounts import services as staff
from haoke.channels.choices import Purpose
from haoke.conversations import errors, events
from haoke.conversations.choices import AssignmentReason
from haoke.conversations.models import Conversation, Handover
from haoke.conversations.queries import language_of
from haoke.conversations.services import accountability
from haoke.conversations.services.assigning import give
from haoke.conversations.services.loading import announce, locked_conversation
from haoke.conversations.services.sending import send_automatic
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.worklist.services import add_item


@transaction.atomic
def accept_handover(*, conversation_id: int, tells_customer: bool = False, by: Actor) -> Conversation:
    """Accepts what was handed to oneself or to one's team; with `tells_customer` a short mail says so.

    The giver is free once the customer knows: by that mail, or by the receiver's next answer.
    Raises Forbidden, NotFound, ReadOnly, NoHandover, HandoverNotYours.
    """
    now = clock.now()
    conversation, handover = _open(conversation_id, by)
    if handover.receiver_id not in (None, by.staff_id):
        raise errors.HandoverNotYours()
    if conversation.assignee_id == by.staff_id:
        accountability.accept(conversation, handover, by=by, at=now)
    else:
        give(
            conversation,
            assignee_id=by.staff_id,
            team_id=conversation.team_id,
            reason=AssignmentReason.BY_HAND,
            by=by,
            at=now,
        )
    if tells_customer:
        _send_notice(conversation, by)
    announce(conversation)
    return conversation


@transaction.atomic
def give_back_handover(*, conversation_id: int, note: str = "", by: Actor) -> Conversation:
    """Gives back what one cannot take: to the giver, or to the team's queue if the giver has left.

    Raises Forbidden, NotFound, ReadOnly, NoHandover, HandoverNotYours.
    """
    conversation, handover = _open(conversation_id, by)
    if by.staff_id != handover.receiver_id:
        raise errors.HandoverNotYours()
    give(
        conversation,
        assignee_id=handover.giver_id if staff.hold_active(handover.giver_id) else None,
        team_id=conversation.team_id,
        reason=AssignmentReason.RETURNED,
        note=note,
        by=by,
        at=clock.now(),
    )
    return conversation


@transaction.atomic
def tell_customer(*, conversation_id: int, by: Actor) -> Conversation:
    """Mails the customer, in their language, who looks after them now. They know once the mail has left.

    Raises Forbidden, NotFound, ReadOnly, NoHandover, HandoverNotYours, NoAddress.
    """
    conversation, handover = _open(conversation_id, by)
    if handover.accepted_by_id is None or by.staff_id != handover.accepted_by_id:
        raise errors.HandoverNotYours()
    _send_notice(conversation, by)
    return conversation


def drop_overdue_handovers() -> int:
    """Says, once for each, that nobody accepted a handover in time; the giver and a supervisor get it on their list."""
    now = clock.now()
    overdue = Handover.objects.filter(ended_at=None, accepted_at=None, dropped_at=None, due_at__lte=now)
    return sum(_drop(handover_id) for handover_id in list(overdue.order_by("due_at").values_list("pk", flat=True)))


def _open(conversation_id: int, by: Actor) -> tuple[Conversation, Handover]:
    by.require("conversations.answer")
    by.require_staff()
    conversation = locked_conversation(conversation_id, by)
    handover = accountability.open_handover_of(conversation)
    if handover is None:
        raise errors.NoHandover()
    return conversation, handover


def _send_notice(conversation: Conversation, by: Actor) -> None:
    with translation.override(language_of(conversation)):
        text = _(
            "From now on %(name)s looks after your request %(reference)s and knows what was said so far. If there is "
            "anything to add, simply reply to this mail."
        ) % {"name": by.name, "reference": conversation.reference}
    sent = send_automatic(
        conversation_id=conversation.pk, subject=conversation.subject, text=text, purpose=Purpose.HANDOVER, by=by
    )
    if sent is None:
        raise errors.NoAddress()


@transaction.atomic
def _drop(handover_id: int) -> bool:
    now = clock.now()
    conversation_id = Handover.objects.values_list("conversation_id", flat=True).get(pk=handover_id)
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    handover = Handover.objects.filter(pk=handover_id, ended_at=None, accepted_at=None, dropped_at=None).first()
    if handover is None:
        return False
    handover.dropped_at = now
    handover.save(update_fields=["dropped_at"])
    tell(
        conversation,
        events.HandoverDropped,
        by=Actor.system(),
        at=now,
        handover_id=handover.pk,
        giver_id=handover.giver_id,
    )
    supervisor_id = next(iter(accounts.supervisors_of_team(handover.team_id)), None)
    if accounts.is_active_staff(handover.giver_id):
        _ask("handover_dropped", conversation, handover, handover.giver_id)
    if supervisor_id != handover.giver_id:
        _ask("handover_unaccepted", conversation, handover, supervisor_id)
    announce(conversation)
    return True


def _ask(kind: str, conversation: Conversation, handover: Handover, staff_id: int | None) -> None:
    add_item(
        kind=kind,
        subject_kind=accountability.SUBJECT,
        subject_id=handover.pk,
        customer_id=conversation.customer_id,
        assignee_id=staff_id,
        team_id=handover.team_id,
        details={"conversation_id": conversation.pk},
    )
