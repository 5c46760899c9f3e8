"""Writing into a conversation: replies, internal notes and logged calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from haoke.conversations import errors, events, rules
from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models import Conversation, Message, ReplyBefore
from haoke.conversations.queries import DraftPlace, answer_addresses, other_addresses
from haoke.conversations.services.assigning import take_by_answering
from haoke.conversations.services.attaching import Upload, attach_uploads
from haoke.conversations.services.canning import note_used
from haoke.conversations.services.colliding import check_nobody_answered
from haoke.conversations.services.composing import check_written, count_minutes, same_submission, write_message
from haoke.conversations.services.drafting import take_draft
from haoke.conversations.services.loading import announce, locked_conversation, save_changes
from haoke.conversations.services.mentioning import note_mentions
from haoke.conversations.services.sending import send_by_mail, with_quote
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.policies import queries as policies
from haoke.timeline.choices import Direction


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What lay before the author beside their words.

    Files kept with the draft, canned replies they used, and the newest message and the draft that their page had seen.
    """

    file_ids: Sequence[int] = ()
    canned_ids: Sequence[int] = ()
    seen_message_id: int | None = None
    draft_seen_at: datetime | None = None


NOTHING_BESIDE = Desk()


@transaction.atomic
def reply(
    *,
    conversation_id: int,
    text: str,
    recipients: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    is_to_all: bool = False,
    uploads: Sequence[Upload] = (),
    desk: Desk = NOTHING_BESIDE,
    minutes: int = 0,
    state: str = "",
    submission: UUID | None = None,
    by: Actor,
) -> Message:
    """Answers the customer by mail; the mail leaves by a job once this is committed, a colleague's a little later.

    Without `recipients` it goes to whoever wrote last, with `is_to_all` also to everybody else whom they named. The
    same `submission` twice writes one message.
    Raises Forbidden, NotFound, ReadOnly, SentBefore, ConversationIsClosed, AnsweredMeanwhile, UnfilledBlanks,
    DraftFileGone, NothingWritten, NoAddress, NoChannel, TransitionRefused.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (sent_before := same_submission(submission, kind=MessageKind.MAIL, text=text)) is not None:
        return sent_before
    _check_open(conversation)
    check_nobody_answered(conversation, desk.seen_message_id, by)
    kept_ids = take_from_desk(DraftPlace.conversation(conversation.pk), desk, text=text, submission=submission, by=by)
    to = list(recipients) or answer_addresses(conversation)
    return send_reply(
        conversation,
        text=text,
        to=to,
        cc=[*cc, *(other_addresses(conversation, to) if is_to_all else [])],
        bcc=bcc,
        uploads=uploads,
        kept_ids=kept_ids,
        minutes=minutes,
        state=state,
        submission=submission,
        at=now,
        by=by,
    )


def send_reply(
    conversation: Conversation,
    *,
    text: str,
    to: Sequence[str],
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    uploads: Sequence[Upload] = (),
    kept_ids: Sequence[int] = (),
    minutes: int = 0,
    state: str = "",
    submission: UUID | None = None,
    at: datetime,
    by: Actor,
) -> Message:
    """Writes an answer into a conversation the caller holds locked, and puts it on its way.

    Raises UnfilledBlanks, NothingWritten, NoAddress, NoChannel, TransitionRefused.
    """
    rules.check_filled(text)
    check_written(text, [*uploads, *kept_ids])
    if not to:
        raise errors.NoAddress(field="recipients")
    message = write_message(
        conversation,
        kind=MessageKind.MAIL,
        text=text,
        at=at,
        by=by,
        recipients=to,
        cc=cc,
        bcc=bcc,
        submission=submission,
    )
    file_ids = attach_uploads(message, uploads, kept_ids=kept_ids)
    quoting, leaves_at = with_quote(conversation, message), _leaves_at(at, by)
    send_by_mail(conversation, message, file_ids, text=quoting, leaves_at=leaves_at, by=by)
    before = ReplyBefore(
        message=message,
        state=conversation.state,
        assignee_id=conversation.assignee_id,
        last_message_at=conversation.last_message_at,
    )
    entry_id = tell(conversation, events.ReplyWritten, by=by, at=at, message_id=message.pk)
    count_minutes(conversation, message, minutes, entry_id, by)
    take_by_answering(conversation, by=by, at=at)
    _after_writing(conversation, state, at, by)
    if leaves_at is not None:
        before.version_after = conversation.version
        before.save(force_insert=True)
    return message


@transaction.atomic
def write_note(
    *,
    conversation_id: int,
    text: str,
    uploads: Sequence[Upload] = (),
    desk: Desk = NOTHING_BESIDE,
    minutes: int = 0,
    submission: UUID | None = None,
    by: Actor,
) -> Message:
    """Leaves an internal note, which no customer ever sees; whoever is called in it by @name hears of it.

    Raises Forbidden, NotFound, ReadOnly, SentBefore, DraftFileGone, NothingWritten, MentionAmbiguous, MentionUnfit.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by)
    if (written_before := same_submission(submission, kind=MessageKind.NOTE, text=text)) is not None:
        return written_before
    kept_ids = take_from_desk(DraftPlace.conversation(conversation.pk), desk, text=text, submission=submission, by=by)
    check_written(text, [*uploads, *kept_ids])
    message = write_message(conversation, kind=MessageKind.NOTE, text=text, at=now, by=by, submission=submission)
    attach_uploads(message, uploads, kept_ids=kept_ids)
    entry_id = tell(conversation, events.NoteWritten, by=by, at=now, message_id=message.pk)
    count_minutes(conversation, message, minutes, entry_id, by)
    note_mentions(conversation, message, by=by, at=now)
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
    take_by_answering(conversation, by=by, at=now)
    conversation.last_message_at = now
    save_changes(conversation, "last_message_at", by=by)
    return message


def take_from_desk(place: DraftPlace, desk: Desk, *, text: str, submission: UUID | None, by: Actor) -> list[int]:
    """The kept files that go along; the draft is gone with the message, and what helped to write it is counted."""
    note_used(desk.canned_ids, by)
    return take_draft(place, by, text=text, file_ids=desk.file_ids, seen_at=desk.draft_seen_at, submission=submission)


def _leaves_at(now: datetime, by: Actor) -> datetime | None:
    """When a reply leaves that its author can still take back; nobody would take back a program's."""
    seconds = policies.as_of("undo_send", at=now).seconds if by.staff_id else 0
    return now + timedelta(seconds=seconds) if seconds else None


def _check_open(conversation: Conversation) -> None:
    if conversation.state == State.CLOSED:
        raise errors.ConversationIsClosed()


def _after_writing(conversation: Conversation, wanted: str, now: datetime, by: Actor) -> None:
    old, conversation.state = conversation.state, rules.state_after_reply(conversation.state, wanted)
    conversation.last_message_at = now
    save_changes(conversation, "state", "last_message_at", by=by)
    if conversation.state != old:
        tell(conversation, events.StateChanged, by=by, at=now, old=old, new=conversation.state)
