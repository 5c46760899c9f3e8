"""Merging a conversation into another, and taking that back."""

from __future__ import annotations

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.errors import MergeUnconfirmed
from haoke.conversations.forms import MergeForm, checked
from haoke.conversations.views.round_trip import change
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def merge(request: Request, conversation_id: int) -> HttpResponse:
    """Asks into which other one, and asks once more where the two belong to different customers."""
    found = queries.conversation_to_work_on(conversation_id, request.actor)
    problem = Problem()
    if request.method == "POST":
        with problem:
            return _merge(request, conversation_id, checked(MergeForm(request.POST)))
    words = {
        "conversation": found,
        "candidates": queries.merge_candidates(found, request.actor),
        "problem": problem.words,
        "is_doubtful": isinstance(problem.refusal, MergeUnconfirmed),
        "typed": request.POST,
        "title": _("Merge %(reference)s into another conversation") % {"reference": found.reference},
    }
    return render(request, "conversations/merge.html", words, status=problem.status)


@require_POST
@needs("conversations.answer")
def undo(request: Request, conversation_id: int) -> HttpResponse:
    done = _("The merge is taken back: the conversation goes on by itself.")
    return change(request, conversation_id, forms.Form, services.undo_merge, done=done)


def _merge(request: Request, conversation_id: int, form: MergeForm) -> HttpResponse:
    data = form.cleaned_data
    merged = services.merge(
        conversation_id=conversation_id,
        into_id=data["other"],
        is_confirmed=data["confirmed"],
        version=data["version"],
        by=request.actor,
    )
    said = _("HK-%(conversation_id)s goes on here now.") % {"conversation_id": conversation_id}
    notices.success(request, said, extra_tags=reverse("conversations:merge_undo", args=[conversation_id]))
    return redirect("conversations:conversation", merged.into_id)
