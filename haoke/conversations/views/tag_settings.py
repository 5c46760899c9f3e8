"""The words of the house: which tags there are, what they are called, and which are no longer offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import queries, services
from haoke.conversations.forms import TagMergeForm, TagNameForm, TagUseForm, problem_of
from haoke.core.errors import NotFound, Refusal
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("conversations.share")
def tags(request: Request) -> HttpResponse:
    return _page(request)


@require_POST
@needs("conversations.share")
def name(request: Request, tag_id: int) -> HttpResponse:
    return _change(request, TagNameForm, lambda **data: services.rename_tag(tag_id=tag_id, **data), _("Renamed."))


@require_POST
@needs("conversations.share")
def merging(request: Request, tag_id: int) -> HttpResponse:
    return _change(
        request,
        TagMergeForm,
        lambda **data: services.merge_tags(tag_id=tag_id, **data),
        _("The two are one tag now."),
    )


@require_POST
@needs("conversations.share")
def use(request: Request, tag_id: int) -> HttpResponse:
    return _change(request, TagUseForm, lambda **data: services.use_tag(tag_id=tag_id, **data), _("Saved."))


def _change(request: Request, form_class: type[forms.Form], act: Callable[..., Any], done: str) -> HttpResponse:
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, status=422, problem=problem_of(form))
    try:
        act(by=request.actor, **form.cleaned_data)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, status=refusal.status, problem=str(refusal))
    notices.success(request, done)
    return redirect("conversations:tag_list")


def _page(request: Request, *, status: int = 200, problem: str = "") -> HttpResponse:
    words = {"tags": queries.tags_in_use(), "problem": problem}
    return render(request, "conversations/tags.html", words, status=status)
