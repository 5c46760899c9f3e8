"""Keeping the quarantine in somebody's eye: one task a form for as long as anything waits there."""

from __future__ import annotations

from datetime import datetime

from haoke.accounts.queries import supervisors_of_team
from haoke.core.actor import Actor
from haoke.web_forms.choices import SubmissionState
from haoke.web_forms.models import Submission, WebForm
from haoke.web_forms.worklist_kinds import QUARANTINE
from haoke.worklist.services import add_item, finish_items_of


def ask_for_a_look(form: WebForm, *, at: datetime) -> None:
    """Puts the quarantine on a supervisor's list; a flood of messages stays one task."""
    supervisors = supervisors_of_team(form.team_id)
    add_item(
        kind=QUARANTINE,
        subject_kind="web_form",
        subject_id=form.pk,
        assignee_id=supervisors[0] if supervisors else None,
        team_id=form.team_id,
        details={"name": form.name},
        due_at=at,
    )


def note_look(form: WebForm, *, by: Actor) -> None:
    """Ticks the task off once nothing waits any more."""
    if not Submission.objects.filter(form=form, state=SubmissionState.QUARANTINED).exists():
        finish_items_of(subject_kind="web_form", subject_id=form.pk, kinds=(QUARANTINE,), by=by)
