"""Writing into a conversation: replies, internal notes and logged calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haoke.conversations import errors, events, rules
from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries import answer_addresses
from haoke.conversations.services.attaching import Upload, attach_uploads
from haoke.conversations.services.composing import check_written, count_minutes, same_submission, write_message
from haoke.conversations.services.loading import announce, locked_conversation, save_changes
from haoke.conversations.services.sending import send_by_mail, with_quote
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


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
    Raises Forbidden, NotFound, ReadOnly, SentBefore, ConversationIsClosed, NothingWritten, NoAddress, NoChannel,
    TransitionRefused.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (sent_before := same_submission(submission, kind=MessageKind.MAIL, text=text)) is not None:
        return sent_before
    _check_open(conversation)
    check_written(text, uploads)
    to = list(recipients) or answer_addresses(conversation)
    if not to:
        raise errors.NoAddress(field="recipients")
    message = write_message(
        conversation, kind=MessageKind.MAIL, text=text, at=now, by=by, recipients=to, cc=list(cc), submission=submission
    )
    send_by_mail(conversation, message, attach_uploads(message, uploads), text=with_quote(conversation, message), by=by)
    entry_id = tell(conversation, events.ReplyWritten, by=by, at=now, message_id=message.pk)
    count_minutes(conversation, message, minutes, entry_id, by)
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
    """Leaves an internal note, which no customer ever sees.

    Raises Forbidden, NotFound, ReadOnly, SentBefore, NothingWritten.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (written_before := same_submission(submission, kind=MessageKind.NOTE, text=text)) is not None:
        return written_before
    check_written(text, uploads)
    message = write_message(conversation, kind=MessageKind.NOTE, text=text, at=now, by=by, submission=submission)
    attach_uploads(message, uploads)
    entry_id = tell(conversation, events.NoteWritten, by=by, at=now, message_id=message.pk)
    count_minutes(conversation, message, minutes, entry_id, by)
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
    """Writes down a phone call that happened: a touch.

    Raises Forbidden, NotFound, ReadOnly, SentBefore, NothingWritten.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (logged_before := same_submission(submission, kind=MessageKind.CALL, text=text)) is not None:
        return logged_before
    check_written(text, ())
    message = write_message(
        conversation,
        kind=MessageKind.CALL,
        text=text,
        at=now,
        by=by,
        direction=Direction(direction),
        submission=submission,
    )
    entry_id = tell(conversation, events.CallLogged, by=by, at=now, message_id=message.pk, direction=direction)
    count_minutes(conversation, message, minutes, entry_id, by)
    conversation.last_message_at = now
    save_changes(conversation, "last_message_at", by=by)
    return message


def _check_open(conversation: Conversation) -> None:
    if conversation.state == State.CLOSED:
        raise errors.ConversationIsClosed()


def _after_writing(conversation: Conversation, wanted: str, now: datetime, by: Actor) -> None:
    old, conversation.state = conversation.state, rules.state_after_reply(conversation.state, wanted)
    conversation.last_message_at = now
    save_changes(conversation, "state", "assignee_id", "last_message_at", by=by)
    if conversation.state != old:
        tell(conversation, events.StateChanged, by=by, at=now, old=old, new=conversation.state)
