"""What every small change of a conversation does with a request: parse, ask the one service, show the page again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from haoke.conversations.forms import checked
from haoke.conversations.views.conversations import conversation_page
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request
from haoke.core.ui.problem import Problem


def change(
    request: Request,
    conversation_id: int,
    form_class: type[forms.Form],
    act: Callable[..., Any],
    *,
    done: str = "",
    undo: str = "",
) -> HttpResponse:
    """Shows the conversation again, with the problem where there is one.

    The fields of the form are the arguments of `act`, beside the conversation and who asks. A part of the page that
    asks by itself is told a problem in the corner; everything typed elsewhere on the page stays as it is.
    """
    is_part = request.headers.get("HX-Request") == "true"
    # Moments are entered on the colleague's own clock.
    with timezone.override(zone_of(request.actor)):
        form = form_class(request.POST)
        form.is_valid()
    with Problem() as problem:
        act(conversation_id=conversation_id, by=request.actor, **checked(form).cleaned_data)
    if problem.refusal and is_part:
        raise problem.refusal
    if problem.refusal:
        return conversation_page(request, conversation_id, status=problem.status, problem=problem.words)
    if done:
        # The address in the tags is what takes it back (core.ui, toast).
        notices.success(request, done, extra_tags=undo)
    return redirect("conversations:conversation", conversation_id)
