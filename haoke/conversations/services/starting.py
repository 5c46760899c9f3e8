"""Beginning a conversation, whoever speaks first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haoke.channels import queries as channels
from haoke.conversations import errors, events
from haoke.conversations.choices import AssignmentReason, MessageKind
from haoke.conversations.models import Category, Conversation
from haoke.conversations.queries import DraftPlace
from haoke.conversations.services.assigning import give
from haoke.conversations.services.attaching import Upload
from haoke.conversations.services.composing import same_submission
from haoke.conversations.services.telling import tell
from haoke.conversations.services.writing import NOTHING_BESIDE, Desk, send_reply, take_from_desk
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers import queries as customers

# Every conversation has a category and through it a phase (S0-11); staff choose a better one when they know more.
UNSORTED = "general"


@transaction.atomic
def start_conversation(
    *,
    customer_id: int,
    subject: str,
    text: str,
    recipients: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    channel_id: int | None = None,
    uploads: Sequence[Upload] = (),
    desk: Desk = NOTHING_BESIDE,
    minutes: int = 0,
    submission: UUID | None = None,
    by: Actor,
) -> Conversation:
    """Writes to a customer first.

    Raises Forbidden, NotFound, SentBefore, NoChannel, UnfilledBlanks, DraftFileGone, NoAddress, NothingWritten.
    """
    now = clock.now()
    by.require("conversations.answer")
    if (sent_before := same_submission(submission, kind=MessageKind.MAIL, text=text)) is not None:
        return sent_before.conversation
    customer = customers.customer_by_id(customer_id, by)
    channel = channels.channel_by_id(channel_id, by) if channel_id else channels.default_channel()
    if channel is None:
        raise errors.NoChannel(field="channel")
    to = list(recipients) or customers.mail_addresses(customer.pk)[:1]
    conversation = open_conversation(
        subject=subject,
        customer_id=customer.pk,
        channel_id=channel.pk,
        team_id=channel.team_id,
        sender_name=customer.name,
        sender_address=to[0] if to else "",
        assignee_id=by.staff_id,
        by=by,
        at=now,
    )
    send_reply(
        conversation,
        text=text,
        to=to,
        cc=cc,
        bcc=bcc,
        uploads=uploads,
        kept_ids=take_from_desk(DraftPlace.customer(customer.pk), desk, text=text, submission=submission, by=by),
        minutes=minutes,
        submission=submission,
        at=now,
        by=by,
    )
    return conversation


def open_conversation(
    *,
    subject: str,
    customer_id: int | None,
    channel_id: int | None,
    sender_name: str,
    sender_address: str,
    team_id: int | None,
    assignee_id: int | None = None,
    category_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Conversation:
    """Writes a new conversation of a team, usually the mailbox's own; the caller's transaction goes on with it.

    Without a category it is unsorted, until somebody knows more.
    """
    conversation = Conversation.objects.create(
        subject=" ".join(subject.split())[:300],
        customer_id=customer_id,
        channel_id=channel_id,
        team_id=team_id,
        category=Category.objects.get(pk=category_id) if category_id else Category.objects.get(code=UNSORTED),
        sender_name=sender_name[:200],
        sender_address=sender_address[:320],
        opened_at=at,
        last_message_at=at,
    )
    tell(conversation, events.ConversationStarted, by=by, at=at)
    if assignee_id is not None:
        give(conversation, assignee_id=assignee_id, team_id=team_id, reason=AssignmentReason.OPENED, by=by, at=at)
    return conversation
