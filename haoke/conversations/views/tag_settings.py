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
from haoke.conversations.forms import TagMergeForm, TagNameForm, TagUseForm, checked
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem


@require_safe
@needs("conversations.share")
def tags(request: Request) -> HttpResponse:
    return _page(request, Problem())


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
    with Problem() as problem:
        act(by=request.actor, **checked(form_class(request.POST)).cleaned_data)
        notices.success(request, done)
        return redirect("conversations:tag_list")
    return _page(request, problem)


def _page(request: Request, problem: Problem) -> HttpResponse:
    words = {"tags": queries.tags_in_use(), "problem": problem.words}
    return render(request, "conversations/tags.html", words, status=problem.status)
