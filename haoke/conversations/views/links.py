"""Linking a conversation with another that has to do with it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.forms import ChosenOther, OtherForm, checked
from haoke.conversations.views.round_trip import change
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def links(request: Request, conversation_id: int) -> HttpResponse:
    """Asks which other one, and links the two."""
    found = queries.conversation_to_work_on(conversation_id, request.actor)
    problem = Problem()
    if request.method == "POST":
        with problem:
            other_id = checked(ChosenOther(request.POST)).cleaned_data["other"]
            services.link(conversation_id=conversation_id, other_id=other_id, by=request.actor)
            return redirect("conversations:conversation", conversation_id)
    words = {
        "conversation": found,
        "candidates": queries.merge_candidates(found, request.actor),
        "problem": problem.words,
        "typed": request.POST,
        "title": _("Link %(reference)s with another conversation") % {"reference": found.reference},
    }
    return render(request, "conversations/link.html", words, status=problem.status)


@require_POST
@needs("conversations.answer")
def remove(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, OtherForm, lambda *, other, **rest: services.unlink(other_id=other, **rest))
