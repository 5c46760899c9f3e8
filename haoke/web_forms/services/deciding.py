"""What a person decides about submissions that were not filed by themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record
from haoke.web_forms import errors, events, rules
from haoke.web_forms.choices import SubmissionState
from haoke.web_forms.models import Submission, WebForm
from haoke.web_forms.services.quarantine import note_look


@transaction.atomic
def release_submission(*, submission_id: int, by: Actor) -> Submission:
    """It is no spam: it is filed at once. Raises Forbidden, NotFound, SubmissionMovedOn."""
    now = clock.now()
    submission = _decide(submission_id, rules.RELEASABLE, SubmissionState.STORED, by=by, at=now)
    record(events.SubmissionReleased(submission_id=submission.pk, name=submission.form.name), by=by, at=now)
    note_look(submission.form, by=by)
    return submission


@transaction.atomic
def reject_submission(*, submission_id: int, by: Actor) -> Submission:
    """It is spam: it stays, and can still be released. Raises Forbidden, NotFound, SubmissionMovedOn."""
    now = clock.now()
    submission = _decide(submission_id, rules.REJECTABLE, SubmissionState.REJECTED, by=by, at=now)
    record(events.SubmissionRejected(submission_id=submission.pk, name=submission.form.name), by=by, at=now)
    note_look(submission.form, by=by)
    return submission


@transaction.atomic
def run_submission_again(*, submission_id: int, by: Actor) -> Submission:
    """Has one filed once more that could not be. Raises Forbidden, NotFound, SubmissionMovedOn."""
    now = clock.now()
    submission = _decide(submission_id, rules.RUNNABLE, SubmissionState.STORED, by=by, at=now)
    record(events.SubmissionRunAgain(submission_id=submission.pk, name=submission.form.name), by=by, at=now)
    return submission


def _decide(submission_id: int, may_come_from: Collection[str], state: str, *, by: Actor, at: datetime) -> Submission:
    by.require("channels.view")
    within_reach = Submission.objects.filter(form__in=WebForm.objects.visible_to(by))
    submission = within_reach.select_for_update(of=("self",)).select_related("form").filter(pk=submission_id).first()
    if submission is None:
        raise NotFound()
    if submission.state not in may_come_from:
        raise errors.SubmissionMovedOn()
    submission.state, submission.failure = state, ""
    submission.decided_by_name, submission.decided_at = by.name[:200], at
    submission.save(update_fields=["state", "failure", "decided_by_name", "decided_at"])
    return submission
