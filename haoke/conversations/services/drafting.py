"""Drafts: what a colleague has begun to write survives everything but being sent.

A draft never enters a fact: until it is sent it is nobody's business but its author's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from haoke.conversations import errors
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Draft, Message
from haoke.conversations.queries import DraftPlace, answerable_conversations, readable_conversations
from haoke.conversations.services.attaching import Upload, store_upload
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import Forbidden, NotFound
from haoke.customers import queries as customers

MOST_FILES = 20
# As long a discarded draft can be taken back.
KEPT_AFTER_DISCARDING = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in the composer; addresses are kept as they were typed, right or not yet."""

    kind: str = MessageKind.MAIL
    subject: str = ""
    text: str = ""
    recipients: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    is_to_all: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.subject.strip() or self.text.strip() or self.cc or self.bcc)


@transaction.atomic
def save_draft(
    *,
    place: DraftPlace,
    written: Written,
    seen_at: datetime | None = None,
    submission: UUID | None = None,
    uploads: Sequence[Upload] = (),
    by: Actor,
) -> Draft | None:
    """Keeps what the author has written so far; None where nothing is left to keep, or the form was sent meanwhile.

    `seen_at` is the saving the author's page has seen. Raises Forbidden, NotFound, ReadOnly, FileTooLarge,
    TooManyDraftFiles, and DraftMovedOn where another window saved other words since: nobody's words are overwritten
    unseen.
    """
    now = clock.now()
    staff_id = _author(by)
    _check_within_reach(place, by)
    draft = _locked(place, staff_id)
    if submission is not None and Message.objects.filter(submission=submission).exists():
        return None
    if draft is not None and not _is_known(draft, seen_at, submission):
        if not _says_the_same(draft, written.text):
            raise errors.DraftMovedOn(field="text")
        if draft.text and not uploads:
            # Perhaps a page that was left, whose last words come late: the draft stays with its present window.
            return draft
    file_ids = [*(draft.file_ids if draft else []), *(store_upload(each).pk for each in uploads)]
    _check_file_count(file_ids)
    if written.is_empty and not file_ids:
        if draft is not None:
            draft.delete()
        return None
    draft = draft or _new(place, staff_id)
    draft.kind, draft.subject, draft.text = written.kind, written.subject[:300], written.text.replace("\0", "")
    draft.recipients, draft.cc, draft.bcc = (
        [each.replace("\0", "")[:400] for each in addresses]
        for addresses in (written.recipients, written.cc, written.bcc)
    )
    draft.is_to_all, draft.file_ids = written.is_to_all, file_ids
    draft.saved_at, draft.submission = now, submission
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, place: DraftPlace, by: Actor) -> None:
    """Throws the author's draft away; for a day `restore_draft` takes that back. Raises Forbidden."""
    draft = _locked(place, _author(by))
    if draft is not None:
        draft.discarded_at = clock.now()
        draft.save(update_fields=["discarded_at"])


@transaction.atomic
def restore_draft(*, place: DraftPlace, by: Actor) -> Draft | None:
    """Takes the discarding back, unless something newer was begun since. Raises Forbidden."""
    staff_id = _author(by)
    if (newer := _locked(place, staff_id)) is not None:
        return newer
    draft = Draft.objects.filter(staff_id=staff_id, **place.columns).first()
    if draft is not None:
        draft.discarded_at = None
        draft.save(update_fields=["discarded_at"])
    return draft


@transaction.atomic
def attach_to_draft(*, place: DraftPlace, uploads: Sequence[Upload], by: Actor) -> Draft:
    """Keeps files with the author's draft at once, so that they survive with it.

    Raises Forbidden, NotFound, ReadOnly, FileTooLarge, TooManyDraftFiles.
    """
    staff_id = _author(by)
    _check_within_reach(place, by)
    draft = _locked(place, staff_id) or _new(place, staff_id)
    _check_file_count([*draft.file_ids, *uploads])
    draft.file_ids = [*draft.file_ids, *(store_upload(each).pk for each in uploads)]
    draft.save()
    return draft


@transaction.atomic
def detach_from_draft(*, place: DraftPlace, file_id: int, by: Actor) -> Draft | None:
    """Takes a file off the author's draft. Raises Forbidden."""
    draft = _locked(place, _author(by))
    if draft is not None:
        draft.file_ids = [each for each in draft.file_ids if each != file_id]
        draft.save(update_fields=["file_ids"])
    return draft


def take_draft(
    place: DraftPlace,
    by: Actor,
    *,
    text: str,
    file_ids: Sequence[int],
    seen_at: datetime | None,
    submission: UUID | None,
) -> list[int]:
    """The files of the author's draft that go with the message now; the draft is gone with it.

    Words that another window saved and this message does not hold stay. Raises DraftFileGone for a file that is not
    with the author's draft: only who uploaded it may send it.
    """
    if by.staff_id is None:
        if file_ids:
            raise errors.DraftFileGone(field="attachments")
        return []
    draft = _locked(place, by.staff_id)
    own = draft.file_ids if draft else []
    taken = [each for each in own if each in set(file_ids)]
    if len(taken) < len(set(file_ids)):
        raise errors.DraftFileGone(field="attachments")
    if draft is not None and (_is_known(draft, seen_at, submission) or _says_the_same(draft, text)):
        draft.delete()
    elif draft is not None:
        draft.file_ids = [each for each in own if each not in taken]
        draft.save(update_fields=["file_ids"])
    return taken


def keep_as_draft(place: DraftPlace, by: Actor, *, written: Written, file_ids: Sequence[int]) -> Draft:
    """Puts words back into the author's draft, above what they have begun to write since."""
    staff_id = _author(by)
    draft = _locked(place, staff_id) or _new(place, staff_id)
    draft.kind, draft.subject = written.kind, written.subject
    draft.text = "\n\n".join(filter(None, (written.text, draft.text.strip())))
    draft.recipients, draft.cc, draft.bcc = list(written.recipients), list(written.cc), list(written.bcc)
    draft.is_to_all = written.is_to_all
    draft.file_ids = list(dict.fromkeys((*file_ids, *draft.file_ids)))[:MOST_FILES]
    draft.saved_at, draft.submission = clock.now(), None
    draft.save()
    return draft


def sweep_drafts() -> int:
    """Removes what was thrown away more than a day ago; returns how many."""
    gone, _by_table = Draft.objects.filter(discarded_at__lt=clock.now() - KEPT_AFTER_DISCARDING).delete()
    return gone


def _author(by: Actor) -> int:
    by.require("conversations.answer")
    if by.staff_id is None:
        # A program sends what it has to say at once.
        raise Forbidden()
    return by.staff_id


def _check_within_reach(place: DraftPlace, by: Actor) -> None:
    if place.of == "customer":
        customers.customer_by_id(place.id, by)
    elif not answerable_conversations(by).filter(pk=place.id).exists():
        if readable_conversations(by).filter(pk=place.id).exists():
            raise errors.ReadOnly()
        raise NotFound()


def _locked(place: DraftPlace, staff_id: int) -> Draft | None:
    """The author's draft, held until the transaction ends; one that was thrown away makes room for the next."""
    lock_name(f"conversations.draft:{staff_id}:{place.of}:{place.id}")
    found = Draft.objects.filter(staff_id=staff_id, **place.columns).first()
    return found if found is None or found.discarded_at is None else None


def _new(place: DraftPlace, staff_id: int) -> Draft:
    """A draft in place of one that was thrown away."""
    Draft.objects.filter(staff_id=staff_id, **place.columns).delete()
    return Draft(staff_id=staff_id, kind=MessageKind.MAIL, saved_at=clock.now(), **place.columns)


def _is_known(draft: Draft, seen_at: datetime | None, submission: UUID | None) -> bool:
    """Whether the author's page has saved, or seen, what the draft holds."""
    return draft.saved_at == seen_at or (submission is not None and draft.submission == submission)


def _says_the_same(draft: Draft, text: str) -> bool:
    """Browsers end lines in one way when they save and in another when they send."""
    return draft.text.split() in ([], text.split())


def _check_file_count(files: Sequence[object]) -> None:
    if len(files) > MOST_FILES:
        raise errors.TooManyDraftFiles(field="attachments", most=MOST_FILES)
