"""What came by a form: filed, waiting for an eye, or not filed; and what a person does about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.accounts.queries import OPENED_ACCESS
from haoke.core.actor import Actor
from haoke.core.paging import Place, cut, place_of
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.web_forms import queries, services
from haoke.web_forms.choices import Cause, SubmissionState
from haoke.web_forms.models import Submission

ROWS_A_PAGE = 50
STATES = (
    SubmissionState.QUARANTINED,
    SubmissionState.FAILED,
    SubmissionState.FILED,
    SubmissionState.REJECTED,
    SubmissionState.STORED,
)


@require_safe
@needs("channels.view")
def index(request: Request, form_id: int) -> HttpResponse:
    web_form = queries.form_by_id(form_id, request.actor)
    wanted = request.GET.get("state", "")
    state = wanted if wanted in SubmissionState.values else SubmissionState.QUARANTINED
    found = queries.submissions(form_id, state, before=place_of(request.GET.get("before", "")), most=ROWS_A_PAGE + 1)
    rows, following = cut(found, ROWS_A_PAGE, lambda each: Place(each.at, each.pk))
    here = reverse("web_forms:submissions", args=[form_id])
    counts = queries.counts_by_state([form_id])[form_id]
    context = {
        "web_form": web_form,
        "state": state,
        "rows": [_row(each, request.actor) for each in rows],
        "may_read": _may_read(request.actor),
        "views": [
            {
                "label": each.label,
                "url": f"{here}?state={each}",
                "count": counts[each] if each in (SubmissionState.QUARANTINED, SubmissionState.FAILED) else None,
                "is_current": each == state,
            }
            for each in STATES
        ],
        "first_url": f"{here}?state={state}" if "before" in request.GET else None,
        "next_url": f"{here}?state={state}&before={following.key}" if following else None,
    }
    return render(request, "web_forms/submissions.html", context)


@require_POST
@needs("channels.view")
def release(request: Request, submission_id: int) -> HttpResponse:
    found = services.release_submission(submission_id=submission_id, by=request.actor)
    messages.success(request, _("The message is on its way to the inbox."))
    return redirect("web_forms:submissions", form_id=found.form_id)


@require_POST
@needs("channels.view")
def rejection(request: Request, submission_id: int) -> HttpResponse:
    found = services.reject_submission(submission_id=submission_id, by=request.actor)
    # Taking it back is one press away.
    messages.success(
        request, _("The message is rejected."), extra_tags=reverse("web_forms:release", args=[submission_id])
    )
    return redirect("web_forms:submissions", form_id=found.form_id)


@require_POST
@needs("channels.view")
def run_again(request: Request, submission_id: int) -> HttpResponse:
    found = services.run_submission_again(submission_id=submission_id, by=request.actor)
    messages.success(request, _("The message is being filed once more."))
    return redirect("web_forms:submissions", form_id=found.form_id)


def _row(submission: Submission, actor: Actor) -> dict[str, Any]:
    labels = dict(Cause.choices)
    return {
        "submission": submission,
        "mail": customers.shown_contact(submission.mail, "mail", actor),
        "causes": [labels.get(each, each) for each in submission.causes],
        "files": [each.file.name for each in submission.files.all()],
    }


def _may_read(actor: Actor) -> bool:
    """RULINGS: administrators read no message bodies without a logged reason."""
    return actor.may("conversations.answer") or actor.may(OPENED_ACCESS)
