"""A kept submission becomes a message on a conversation, or is set aside with the reason."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations.services import FormLetter, receive_form
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.services import record
from haoke.web_forms import events
from haoke.web_forms.choices import SubmissionState
from haoke.web_forms.models import Submission


@transaction.atomic
def file_submission(*, submission_id: int) -> None:
    """Hands a kept submission to the conversations; nothing happens to one in quarantine, or filed already."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("form")
    submission = found.get(pk=submission_id)
    if submission.state != SubmissionState.STORED:
        return
    message = receive_form(
        letter=FormLetter(
            channel_id=submission.form.channel_id,
            team_id=submission.form.team_id,
            category_id=submission.form.category_id,
            name=submission.name,
            mail=submission.mail,
            phone=submission.phone,
            subject=submission.subject or submission.form.text("title"),
            text=submission.text,
            language=submission.language,
            file_ids=list(submission.files.values_list("file_id", flat=True)),
            submission=submission.token,
        )
    )
    submission.state, submission.conversation_id, submission.failure = (
        SubmissionState.FILED,
        message.conversation_id,
        "",
    )
    submission.save(update_fields=["state", "conversation", "failure"])


@transaction.atomic
def fail_submission(*, submission_id: int, cause: str) -> None:
    """Sets a submission aside that could not be filed, with the cause; it stays visible and can be run again."""
    now = clock.now()
    submission = Submission.objects.select_for_update(of=("self",)).select_related("form").get(pk=submission_id)
    if submission.state != SubmissionState.STORED:
        return
    submission.state, submission.failure = SubmissionState.FAILED, cause[:300]
    submission.save(update_fields=["state", "failure"])
    failed = events.SubmissionFailed(submission_id=submission.pk, name=submission.form.name)
    record(failed, by=Actor.system(), at=now)
