"""Taking in what somebody sends by a form: kept first, judged in the same breath, filed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from haoke.channels import queries as channels
from haoke.conversations.services import Upload
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import Limited
from haoke.core.limits import check_limit
from haoke.core.sealing import fingerprint
from haoke.core.text.direction import without_overrides
from haoke.files.errors import FileTooLarge
from haoke.files.services import store_file
from haoke.policies import queries as policies
from haoke.timeline.services import record
from haoke.web_forms import errors, events, rules
from haoke.web_forms.choices import SubmissionState
from haoke.web_forms.models import Submission, SubmissionFile, WebForm
from haoke.web_forms.queries import public_form
from haoke.web_forms.services.quarantine import ask_for_a_look

WINDOW = timedelta(minutes=10)
# Above the first number a person looks before it is filed; above the second nothing more is taken for a while.
FROM_ONE_PLACE = (5, 40)
AT_ALL = (60, 600)
REPEATS_WITHIN = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wrote; `trap` is the field that people do not see."""

    name: str
    mail: str
    phone: str = ""
    subject: str = ""
    text: str
    trap: str = ""


def submit_form(
    *, key: str, token: UUID, written: Written, uploads: Sequence[Upload] = (), language: str, address: str
) -> Submission:
    """Keeps what somebody sent; the same page sent twice is kept once, and what may be spam waits for a person's eye.

    Not one transaction: tries stay counted. Raises NoSuchForm, AddressNotUsable, TooManyFiles, FileTooLarge,
    SubmittedBefore, Limited.
    """
    now = clock.now()
    form = public_form(key)
    written = _storable(written)
    _check_files(form, uploads, now)
    if not channels.is_mail_address(written.mail):
        raise errors.AddressNotUsable(field="mail")
    if (before := _same(form, token, written)) is not None:
        return before
    where = fingerprint(address, purpose="haoke.web_forms.address")
    is_many_from_one = _count(f"web-form-from:{form.pk}:{where[:32]}", FROM_ONE_PLACE)
    is_many_at_once = _count(f"web-form:{form.pk}", AT_ALL)
    with transaction.atomic():
        # Of two sendings of one page at the same moment, the second finds the first.
        lock_name(f"web_form:{token}")
        if (before := _same(form, token, written)) is not None:
            return before
        text_mark = _text_mark(written)
        signs = rules.Signs(
            trap=written.trap,
            text=written.text,
            short_texts=(written.name, written.subject),
            repeats=_repeats(text_mark, now),
            is_many_from_one=is_many_from_one,
            is_many_at_once=is_many_at_once,
        )
        submission = Submission(
            form=form,
            token=token,
            at=now,
            language=language,
            address_mark=where,
            text_mark=text_mark,
            causes=rules.causes_of(signs),
        )
        _keep(submission, written, uploads)
    return submission


def _storable(written: Written) -> Written:
    """What was written as the database can keep it, each text no longer than its column."""
    name = " ".join(without_overrides(written.name).split())
    limits = {"name": 200, "mail": 254, "phone": 60, "subject": 300, "text": None, "trap": None}
    texts = {**vars(written), "name": name, "subject": " ".join(written.subject.split())}
    return Written(**{each: texts[each].replace("\0", "").strip()[:most] for each, most in limits.items()})


def _check_files(form: WebForm, uploads: Sequence[Upload], now: datetime) -> None:
    most = rules.MOST_FILES if form.takes_files else 0
    if len(uploads) > most:
        raise errors.TooManyFiles(field="attachments", most=most)
    limit = policies.as_of("attachment_limit", at=now).bytes
    for upload in uploads:
        if len(upload.content) > limit:
            raise FileTooLarge(field="attachments", name=upload.name, limit=f"{limit // 1_000_000} MB")


def _same(form: WebForm, token: UUID, written: Written) -> Submission | None:
    """What this page sent before. Raises SubmittedBefore where it says something else now, which must not vanish."""
    found = Submission.objects.filter(form=form, token=token).first()
    if found is not None and (found.text, found.mail) != (written.text, written.mail):
        raise errors.SubmittedBefore(field="text")
    return found


def _text_mark(written: Written) -> str:
    """What equal texts have in common; none where a text says too little to be compared."""
    telling = rules.comparable(written.text)
    return fingerprint(telling, purpose="haoke.web_forms.text") if telling else ""


def _repeats(text_mark: str, now: datetime) -> int:
    """How often an equal text came in the last day, by whatever form."""
    if not text_mark:
        return 0
    return Submission.objects.filter(text_mark=text_mark, at__gt=now - REPEATS_WITHIN).count()


def _count(key: str, bounds: tuple[int, int]) -> bool:
    """Counts one sending; whether it is one too many to be filed unseen. Raises Limited where it is far too many."""
    soft, hard = bounds
    check_limit(f"{key}:hard", most=hard, per=WINDOW)
    try:
        check_limit(f"{key}:soft", most=soft, per=WINDOW)
    except Limited:
        return True
    return False


def _keep(submission: Submission, written: Written, uploads: Sequence[Upload]) -> None:
    """Writes what was sent down and tells it; where something speaks against it, a person is asked to look."""
    form = submission.form
    submission.name, submission.mail = written.name, written.mail
    submission.phone = written.phone if form.asks_phone else ""
    submission.subject, submission.text = written.subject, written.text
    submission.state = SubmissionState.QUARANTINED if submission.causes else SubmissionState.STORED
    submission.save(force_insert=True)
    for upload in uploads:
        SubmissionFile.objects.create(submission=submission, file=store_file(content=upload.content, name=upload.name))
    happened = events.WebFormSubmitted(
        submission_id=submission.pk, form_id=form.pk, name=form.name, state=submission.state
    )
    record(happened, by=Actor.customer(None, submission.name), at=submission.at)
    if submission.causes:
        ask_for_a_look(form, at=submission.at)
