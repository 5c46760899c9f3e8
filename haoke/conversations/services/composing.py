"""The message row of everything we write, whoever writes it: once for each submission, with its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from haoke.conversations import errors
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message, Participant
from haoke.conversations.services.attaching import Upload
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.ledger.services import record_minutes
from haoke.timeline.choices import Direction


def same_submission(submission: UUID | None, *, kind: str, text: str) -> Message | None:
    """What this form, or this program's key, wrote before; sent twice at the same moment, the second waits and sees.

    Raises SentBefore where it says something else now, as after the browser's way back, or was taken back meanwhile: it
    must not vanish in silence.
    """
    if submission is None:
        return None
    lock_name(f"submission:{submission}")
    found = Message.objects.filter(submission=submission).first()
    if found is not None and (found.recalled_at or (found.kind, found.text) != (kind, text.replace("\0", ""))):
        raise errors.SentBefore(field="text")
    return found


def check_written(text: str, files: Sequence[Upload | int]) -> None:
    """Raises NothingWritten."""
    if not text.strip() and not files:
        raise errors.NothingWritten(field="text")


def write_message(
    conversation: Conversation,
    *,
    kind: str,
    text: str,
    at: datetime,
    by: Actor,
    recipients: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    direction: str = "",
    subject: str = "",
    is_automatic: bool = False,
    purpose: str = "reply",
    submission: UUID | None = None,
) -> Message:
    """Writes the message and makes whom it goes to participants; sending it, or not, is the caller's."""
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
        bcc=[each[:400] for each in bcc],
        subject=(subject or conversation.subject)[:300] if is_mail else "",
        text=text.replace("\0", ""),
        is_automatic=is_automatic,
        purpose=purpose if is_mail else "",
        submission=submission,
    )
    Participant.objects.bulk_create(
        [Participant(conversation=conversation, address=each.lower()[:320]) for each in (*recipients, *cc, *bcc)],
        ignore_conflicts=True,
    )
    return message


def count_minutes(conversation: Conversation, message: Message, minutes: int, entry_id: int, by: Actor) -> None:
    record_minutes(
        minutes=minutes,
        entry_id=entry_id,
        customer_id=conversation.customer_id,
        subject_kind="message",
        subject_id=message.pk,
        by=by,
    )
