"""Writing: replies, notes, logged calls, mails that begin a conversation, and mails the house sends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.conversations import errors, events, rules
from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models import Conversation, Message, Participant
from haoke.conversations.queries import language_of
from haoke.conversations.services.attaching import Upload, attach_uploads
from haoke.conversations.services.loading import announce, locked_conversation, save_changes
from haoke.conversations.services.starting import open_conversation
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.customers import queries as customers
from haoke.ledger.services import record_minutes
from haoke.timeline.choices import Direction
from haoke.timeline.services import record


@transaction.atomic
def reply(
    *,
    conversation_id: int,
    text: str,
    recipients: Sequence[str] = (),
    cc: Sequence[str] = (),
    uploads: Sequence[Upload] = (),
    minutes: int = 0,
    state: str = "",
    submission: UUID | None = None,
    by: Actor,
) -> Message:
    """Answers the customer by mail; the mail leaves by a job once this is committed.

    Without `recipients` it goes to whoever wrote last. The same `submission` twice writes one message.
    Raises Forbidden, NotFound, ReadOnly, ConversationIsClosed, NothingWritten, NoAddress, NoChannel, TransitionRefused.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (sent_before := _same_submission(submission)) is not None:
        return sent_before
    _check_open(conversation)
    _check_written(text, uploads)
    to = list(recipients) or answer_addresses(conversation)
    if not to:
        raise errors.NoAddress(field="recipients")
    message = _write(
        conversation, kind=MessageKind.MAIL, text=text, at=now, by=by, recipients=to, cc=list(cc), submission=submission
    )
    _send(conversation, message, attach_uploads(message, uploads), text=_with_quote(conversation, message), by=by)
    entry_id = record(
        events.ReplyWritten(
            conversation_id=conversation.pk, customer_id=conversation.customer_id, message_id=message.pk
        ),
        by=by,
        at=now,
    )
    _count_minutes(conversation, message, minutes, entry_id, by)
    if conversation.assignee_id is None and by.staff_id:
        conversation.assignee_id = by.staff_id
    _after_writing(conversation, state, now, by)
    return message


@transaction.atomic
def write_note(
    *,
    conversation_id: int,
    text: str,
    uploads: Sequence[Upload] = (),
    minutes: int = 0,
    submission: UUID | None = None,
    by: Actor,
) -> Message:
    """Leaves an internal note, which no customer ever sees. Raises Forbidden, NotFound, ReadOnly, NothingWritten."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (written_before := _same_submission(submission)) is not None:
        return written_before
    _check_written(text, uploads)
    message = _write(conversation, kind=MessageKind.NOTE, text=text, at=now, by=by, submission=submission)
    attach_uploads(message, uploads)
    entry_id = record(
        events.NoteWritten(
            conversation_id=conversation.pk, customer_id=conversation.customer_id, message_id=message.pk
        ),
        by=by,
        at=now,
    )
    _count_minutes(conversation, message, minutes, entry_id, by)
    announce(conversation)
    return message


@transaction.atomic
def log_call(
    *,
    conversation_id: int,
    text: str,
    direction: str,
    minutes: int = 0,
    submission: UUID | None = None,
    by: Actor,
) -> Message:
    """Writes down a phone call that happened: a touch. Raises Forbidden, NotFound, ReadOnly, NothingWritten."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (logged_before := _same_submission(submission)) is not None:
        return logged_before
    _check_written(text, ())
    message = _write(
        conversation,
        kind=MessageKind.CALL,
        text=text,
        at=now,
        by=by,
        direction=Direction(direction),
        submission=submission,
    )
    entry_id = record(
        events.CallLogged(
            conversation_id=conversation.pk,
            customer_id=conversation.customer_id,
            message_id=message.pk,
            direction=direction,
        ),
        by=by,
        at=now,
    )
    _count_minutes(conversation, message, minutes, entry_id, by)
    conversation.last_message_at = now
    save_changes(conversation, "last_message_at", by=by)
    return message


@transaction.atomic
def start_conversation(
    *,
    customer_id: int,
    subject: str,
    text: str,
    recipients: Sequence[str] = (),
    channel_id: int | None = None,
    uploads: Sequence[Upload] = (),
    minutes: int = 0,
    submission: UUID | None = None,
    by: Actor,
) -> Conversation:
    """Writes to a customer first. Raises Forbidden, NotFound, NoChannel, NoAddress, NothingWritten."""
    now = clock.now()
    by.require("conversations.answer")
    if (sent_before := _same_submission(submission)) is not None:
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
    reply(
        conversation_id=conversation.pk,
        text=text,
        recipients=to,
        uploads=uploads,
        minutes=minutes,
        submission=submission,
        by=by,
    )
    return conversation


@transaction.atomic
def send_automatic(
    *, conversation_id: int, subject: str, text: str, html: str = "", secret: str = "", purpose: str, by: Actor
) -> Message | None:
    """Sends a mail the house writes by itself, such as a survey; None where there is nobody or nothing to send by.

    It is marked automatic, counted against the caps, and changes neither state nor preview. `secret`, the key in a
    customer's own link, reaches the customer alone: colleagues read an ellipsis in its place.
    """
    now = clock.now()
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    to = answer_addresses(conversation)
    if not to or conversation.channel_id is None:
        return None
    message = _write(
        conversation,
        kind=MessageKind.MAIL,
        text=text.replace(secret, "…") if secret else text,
        at=now,
        by=by,
        recipients=to,
        subject=subject,
        is_automatic=True,
        purpose=purpose,
    )
    _send(conversation, message, [], text=text, html=html, by=by)
    announce(conversation)
    return message


def answer_addresses(conversation: Conversation) -> list[str]:
    """Whom an answer goes to: who wrote last, where they want answers, else who the conversation began with."""
    last = (
        Message.objects.filter(conversation=conversation, direction=Direction.IN, kind=MessageKind.MAIL)
        .exclude(sender="")
        .order_by("is_automatic", "-at", "-pk")
        .first()
    )
    if last is not None:
        return [last.reply_to or last.sender]
    return [conversation.sender_address] if conversation.sender_address else []


def _same_submission(submission: UUID | None) -> Message | None:
    """What this form, or this program's key, wrote before; sent twice at the same moment, the second waits and sees."""
    if submission is None:
        return None
    lock_name(f"submission:{submission}")
    return Message.objects.filter(submission=submission).first()


def _check_open(conversation: Conversation) -> None:
    if conversation.state == State.CLOSED:
        raise errors.ConversationIsClosed()


def _check_written(text: str, uploads: Sequence[Upload]) -> None:
    if not text.strip() and not uploads:
        raise errors.NothingWritten(field="text")


def _write(
    conversation: Conversation,
    *,
    kind: str,
    text: str,
    at: datetime,
    by: Actor,
    recipients: Sequence[str] = (),
    cc: Sequence[str] = (),
    direction: str = "",
    subject: str = "",
    is_automatic: bool = False,
    purpose: str = "reply",
    submission: UUID | None = None,
) -> Message:
    is_mail = kind == MessageKind.MAIL
    message = Message.objects.create(
        conversation=conversation,
        kind=kind,
        direction=Direction.OUT if is_mail else direction,
        at=at,
        author_kind=by.kind,
        author_id=by.id,
        author_name=by.name[:200],
        sender=conversation.channel.address if is_mail and conversation.channel else "",
        recipients=[each[:400] for each in recipients],
        cc=[each[:400] for each in cc],
        subject=(subject or conversation.subject)[:300] if is_mail else "",
        text=text.replace("\0", ""),
        is_automatic=is_automatic,
        purpose=purpose if is_mail else "",
        submission=submission,
    )
    Participant.objects.bulk_create(
        [Participant(conversation=conversation, address=each.lower()[:320]) for each in (*recipients, *cc)],
        ignore_conflicts=True,
    )
    return message


def _send(
    conversation: Conversation, message: Message, file_ids: list[int], *, text: str, html: str = "", by: Actor
) -> None:
    """Hands the message to the mailbox, as an answer to what was said before."""
    if conversation.channel_id is None:
        raise errors.NoChannel(field="channel")
    thread = list(
        Message.objects.filter(conversation=conversation)
        .exclude(header_id="")
        .order_by("at", "pk")
        .values_list("header_id", "direction", "is_automatic")
    )
    before = [header_id for header_id, _direction, _is_automatic in thread]
    # An answer answers the customer's last own words, not our acknowledgement of them.
    asked = [
        header_id for header_id, direction, is_automatic in thread if direction == Direction.IN and not is_automatic
    ]
    outbound = mail.queue_mail(
        channel_id=conversation.channel_id,
        conversation_id=conversation.pk,
        recipients=message.recipients,
        cc=message.cc,
        subject=channels.answer_subject(
            message.subject, conversation.pk, language=language_of(conversation), is_first=not before
        ),
        text=text,
        html=html,
        in_reply_to=(asked or before or [""])[-1],
        references=before,
        file_ids=file_ids,
        is_automatic=message.is_automatic,
        purpose=message.purpose,
        by=by,
    )
    message.outbound_id, message.header_id = outbound.pk, outbound.message_id
    message.save(update_fields=["outbound", "header_id"])


def _with_quote(conversation: Conversation, message: Message) -> str:
    """The answer with the customer's last words quoted below, as people expect of a mail."""
    asked = (
        Message.objects.filter(
            conversation=conversation, direction=Direction.IN, kind=MessageKind.MAIL, is_automatic=False
        )
        .order_by("-at", "-pk")
        .first()
    )
    if asked is None or not asked.text.strip():
        return message.text
    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines()[:200])
    with translation.override(language_of(conversation)):
        wrote = _("%(name)s <%(address)s> wrote:") % {"name": asked.author_name, "address": asked.sender}
    return f"{message.text}\n\n{wrote}\n{quoted}\n"


def _count_minutes(conversation: Conversation, message: Message, minutes: int, entry_id: int, by: Actor) -> None:
    record_minutes(
        minutes=minutes,
        entry_id=entry_id,
        customer_id=conversation.customer_id,
        subject_kind="message",
        subject_id=message.pk,
        by=by,
    )


def _after_writing(conversation: Conversation, wanted: str, now: datetime, by: Actor) -> None:
    old, conversation.state = conversation.state, rules.state_after_reply(conversation.state, wanted)
    conversation.last_message_at = now
    save_changes(conversation, "state", "assignee_id", "last_message_at", by=by)
    if conversation.state != old:
        record(
            events.StateChanged(
                conversation_id=conversation.pk, customer_id=conversation.customer_id, old=old, new=conversation.state
            ),
            by=by,
            at=now,
        )
