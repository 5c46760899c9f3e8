"""Changing many conversations at once from the list: the choice, the work, how far it is, and the way back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.conversations import queries, services
from haoke.conversations.forms import BulkChoices, BulkForm, checked, ticked_ids
from haoke.conversations.models import BulkChange
from haoke.conversations.queries import BulkProgress
from haoke.conversations.rules import MOST_CONVERSATIONS
from haoke.conversations.views.bulk_reasons import reasons
from haoke.conversations.views.places import list_address, list_at
from haoke.core.errors import Invalid
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.mark")
def new(request: Request) -> HttpResponse:
    """Everything that can be done to the conversations that were ticked, on a page of its own."""
    if request.method == "POST":
        # What was ticked travels in the address; the secret of the list's form must not.
        asked = {name: request.POST.getlist(name) for name in ("list", "everything", "row") if name in request.POST}
        return redirect(f"{reverse('conversations:bulk_new')}?{urlencode(asked, doseq=True)}")
    came_from = list_address(request, request.GET.get("list"))
    everything = bool(request.GET.get("everything"))
    ids = ticked_ids(request.GET)
    total = len(ids)
    if everything:
        wanted = list_at(request, came_from, request.actor)
        total = queries.matching_count(request.actor, wanted, most=MOST_CONVERSATIONS + 1)
    context = {
        "ids": [] if everything else ids,
        "everything": everything,
        "total": total,
        "most": MOST_CONVERSATIONS,
        "back": came_from,
        "choices": BulkChoices(),
        "may_answer": request.actor.may("conversations.answer"),
    }
    return render(request, "conversations/bulk_new.html", context)


@require_POST
@needs("conversations.mark")
def create(request: Request) -> HttpResponse:
    """Does it to all of them; what refused stands on a page of its own, with the reasons."""
    came_from = list_address(request, request.POST.get("list"))
    form = checked(BulkForm(request.POST))
    try:
        action, value = form.asked_of(request.actor)
        everything = list_at(request, came_from, request.actor) if form.cleaned_data["everything"] else None
        change = services.change_many(
            action=action,
            value=value,
            conversation_ids=ticked_ids(request.POST),
            everything=everything,
            by=request.actor,
        )
    except Invalid as refusal:
        notices.warning(request, str(refusal))
        return redirect(came_from)
    return _shown(request, change, came_from)


@require_safe
@needs("conversations.mark")
def change(request: Request, change_id: int) -> HttpResponse:
    """How far it is; the page may be left while it runs."""
    progress = queries.bulk_progress(change_id, request.actor)
    context = {
        "progress": progress,
        "summary": _summary(progress),
        "reasons": reasons(progress.refused),
        "back": list_address(request, request.GET.get("from")),
        "here": request.get_full_path(),
    }
    return render(request, "conversations/bulk.html", context)


@require_POST
@needs("conversations.mark")
def undo(request: Request, change_id: int) -> HttpResponse:
    """Puts back what was changed, or stops it where it still runs."""
    with Problem() as problem:
        services.take_many_back(change_id=change_id, by=request.actor)
    if problem.refusal:
        notices.warning(request, problem.words)
    return redirect("conversations:bulk_change", change_id)


def _shown(request: Request, change: BulkChange, came_from: str) -> HttpResponse:
    """Back to the list where all is done and well, with the way back in the toast; else to the page that tells."""
    progress = queries.bulk_progress(change.pk, request.actor)
    if progress.is_running or progress.refused_count:
        address = reverse("conversations:bulk_change", args=[change.pk])
        return redirect(f"{address}?{urlencode({'from': came_from})}")
    undo_url = reverse("conversations:bulk_undo", args=[change.pk]) if progress.changed else ""
    notices.success(request, _summary(progress), extra_tags=undo_url)
    return redirect(came_from)


def _summary(progress: BulkProgress) -> str:
    """What became of them, in one line."""
    said: list[Any] = []
    if progress.taken_back:
        said.append(
            ngettext("%(count)s taken back", "%(count)s taken back", progress.taken_back)
            % {"count": progress.taken_back}
        )
    if progress.changed or not (progress.taken_back or progress.unchanged):
        said.append(ngettext("%(count)s changed", "%(count)s changed", progress.changed) % {"count": progress.changed})
    if progress.unchanged:
        said.append(
            ngettext("%(count)s was so already", "%(count)s were so already", progress.unchanged)
            % {"count": progress.unchanged}
        )
    if progress.refused_count:
        said.append(
            ngettext("%(count)s stayed as it was", "%(count)s stayed as they were", progress.refused_count)
            % {"count": progress.refused_count}
        )
    return " · ".join(said)
