"""Canned replies: offered while one writes, and kept in order under Settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.conversations import queries, services
from haoke.conversations.choices import Blank
from haoke.conversations.forms import CannedReplyForm
from haoke.conversations.models import CannedReply
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("conversations.view")
def index(request: Request) -> HttpResponse:
    """Every canned reply the colleague may use or change, with how often each helped."""
    _check_writes(request.actor)
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = queries.canned_replies(request.actor, text=text)
    return render(
        request,
        "conversations/canned_replies.html",
        {
            "replies": found,
            "changeable": {each.pk for each in found if queries.may_change_canned(each, request.actor)},
            "text": text,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.view")
def new(request: Request) -> HttpResponse:
    """Writes a new one."""
    _check_writes(request.actor)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.view")
def canned_reply(request: Request, canned_reply_id: int) -> HttpResponse:
    """Changes one."""
    _check_writes(request.actor)
    return _edit(request, queries.canned_reply(canned_reply_id, request.actor))


@require_POST
@needs("conversations.view")
def retirement(request: Request, canned_reply_id: int) -> HttpResponse:
    """Takes one out of use; the notice puts it back."""
    reply = services.retire_canned_reply(canned_reply_id=canned_reply_id, by=request.actor)
    undo = reverse("conversations:canned_reply_revival", args=[reply.pk])
    notices.success(request, _("/%(shortcut)s is out of use.") % {"shortcut": reply.shortcut}, extra_tags=undo)
    return redirect("conversations:canned_replies")


@require_POST
@needs("conversations.view")
def revival(request: Request, canned_reply_id: int) -> HttpResponse:
    """Puts one back in use."""
    reply = services.revive_canned_reply(canned_reply_id=canned_reply_id, by=request.actor)
    notices.success(request, _("/%(shortcut)s is in use again.") % {"shortcut": reply.shortcut})
    return redirect("conversations:canned_replies")


def _check_writes(actor: Actor) -> None:
    """Whoever answers writes their own; whoever may share keeps those of others in order."""
    if not (actor.may("conversations.answer") or actor.may("conversations.share")):
        raise Forbidden(ability="conversations.answer")


def _edit(request: Request, reply: CannedReply | None) -> HttpResponse:
    is_preview = request.POST.get("act") == "preview"
    form = CannedReplyForm(request.POST or None, initial=_initial(reply), actor=request.actor)
    if request.method == "POST" and form.is_valid() and not is_preview:
        data = form.cleaned_data
        written = services.CannedText(
            **{name: data[name] for name in ("shortcut", "title", "text_zh", "text_en", "scope", "category")},
            team_id=data["team"],
        )
        with refusals_shown_on(form):
            _save(reply, written, data["version"], request.actor)
            notices.success(request, _("Kept. It is offered after a slash from now on."))
            return redirect("conversations:canned_replies")
    return render(
        request,
        "conversations/canned_reply.html",
        {
            "form": form,
            "reply": reply,
            "may_change": reply is None or queries.may_change_canned(reply, request.actor),
            "blanks": Blank.choices,
            "examples": queries.example_texts(
                request.actor, text_zh=form["text_zh"].value() or "", text_en=form["text_en"].value() or ""
            ),
        },
        status=200 if is_preview else status_of(form),
    )


def _save(reply: CannedReply | None, written: services.CannedText, version: int | None, by: Actor) -> None:
    if reply is None:
        services.create_canned_reply(written=written, by=by)
    else:
        services.change_canned_reply(canned_reply_id=reply.pk, written=written, version=version or 0, by=by)


def _initial(reply: CannedReply | None) -> dict[str, Any]:
    if reply is None:
        return {}
    names = ("version", "shortcut", "title", "text_zh", "text_en", "scope")
    category = reply.category.code if reply.category else ""
    return {**{name: getattr(reply, name) for name in names}, "team": reply.team_id, "category": category}
