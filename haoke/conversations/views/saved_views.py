"""Keeping what the inbox shows under a name, and changing or removing it."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.errors import NotYourView
from haoke.conversations.forms import SavedViewForm
from haoke.conversations.models import SavedView
from haoke.conversations.views.places import as_search, list_address, list_in
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.view")
def new(request: Request) -> HttpResponse:
    """What the list shows now, under a name."""
    wanted = list_in(request.GET, request.actor)
    first = {"search": as_search(wanted), "sort": wanted.sort, "sharing": "private"}
    form = SavedViewForm(request.POST or None, initial=first, may_share=request.actor.may("conversations.share"))
    if form.is_valid():
        with refusals_shown_on(form):
            view = services.save_view(**form.wanted(), by=request.actor)
            notices.success(request, _("Saved. It stands beside the list."))
            return redirect(_address(view))
    context = {"form": form, "view": None, "back": list_address(request, request.GET.get("from"))}
    return render(request, "conversations/saved_view.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.view")
def edit(request: Request, view_id: int) -> HttpResponse:
    """A view of one's own: its name, who has it, what it shows."""
    view = queries.own_or_shared_view(view_id, request.actor)
    if view.owner_id != request.actor.staff_id:
        raise NotYourView()
    first = {name: getattr(view, name) for name in ("name", "sharing", "search", "sort", "version")}
    form = SavedViewForm(
        request.POST or None,
        initial=first | {"team": view.team_id},
        may_share=request.actor.may("conversations.share"),
    )
    if form.is_valid():
        with refusals_shown_on(form):
            version = form.cleaned_data["version"]
            services.change_view(view_id=view_id, version=version, **form.wanted(), by=request.actor)
            notices.success(request, _("Saved."))
            return redirect(_address(view))
    context = {"form": form, "view": view, "back": _address(view)}
    return render(request, "conversations/saved_view.html", context, status=status_of(form))


@require_POST
@needs("conversations.view")
def remove(request: Request, view_id: int) -> HttpResponse:
    view = services.remove_view(view_id=view_id, by=request.actor)
    # The toast offers to put it back.
    notices.success(
        request,
        _("“%(name)s” is removed.") % {"name": view.name},
        extra_tags=reverse("conversations:view_return", args=[view_id]),
    )
    return redirect("conversations:inbox")


@require_POST
@needs("conversations.view")
def put_back(request: Request, view_id: int) -> HttpResponse:
    return redirect(_address(services.put_view_back(view_id=view_id, by=request.actor)))


def _address(view: SavedView) -> str:
    return f"{resolve_url('conversations:inbox')}?saved={view.pk}"
