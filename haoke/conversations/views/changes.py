"""The small forms beside a conversation: assignment, state, urgency, category, closing, reopening, customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haoke.conversations import services
from haoke.conversations.forms import (
    AssignmentForm,
    CategoryForm,
    ClosureForm,
    CustomerForm,
    ReopeningForm,
    StateForm,
    UrgencyForm,
    problem_of,
)
from haoke.conversations.views.conversations import conversation_page
from haoke.core.errors import NotFound, Refusal
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.answer")
def assignment(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        AssignmentForm,
        lambda data: services.assign(
            conversation_id=conversation_id,
            assignee_id=data["assignee"],
            team_id=data["team"],
            version=data["version"],
            by=request.actor,
        ),
    )


@require_POST
@needs("conversations.answer")
def state(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        StateForm,
        lambda data: services.change_state(
            conversation_id=conversation_id, state=data["state"], version=data["version"], by=request.actor
        ),
    )


@require_POST
@needs("conversations.mark")
def urgency(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        UrgencyForm,
        lambda data: services.set_urgency(
            conversation_id=conversation_id, urgency=data["urgency"], version=data["version"], by=request.actor
        ),
    )


@require_POST
@needs("conversations.mark")
def category(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        CategoryForm,
        lambda data: services.set_category(
            conversation_id=conversation_id, category=data["category"], version=data["version"], by=request.actor
        ),
    )


@require_POST
@needs("conversations.answer")
def closure(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        ClosureForm,
        lambda data: services.close_conversation(
            conversation_id=conversation_id, reason=data["reason"], version=data["version"], by=request.actor
        ),
        done=_("Closed, and the customer is asked how it was. It can be reopened at any time."),
    )


@require_POST
@needs("conversations.answer")
def reopening(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        ReopeningForm,
        lambda data: services.reopen_conversation(
            conversation_id=conversation_id, note=data["reason"], version=data["version"], by=request.actor
        ),
    )


@require_POST
@needs("conversations.answer")
def customer(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        CustomerForm,
        lambda data: services.identify(
            conversation_id=conversation_id, customer_id=data["customer"], version=data["version"], by=request.actor
        ),
    )


@require_POST
@needs("customers.create")
def registration(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        forms.Form,
        lambda data: services.register_sender(conversation_id=conversation_id, by=request.actor),
    )


def _change(
    request: Request,
    conversation_id: int,
    form_class: type[forms.Form],
    change: Callable[[dict[str, Any]], Any],
    *,
    done: str = "",
) -> HttpResponse:
    """Parses, asks the one service, and shows the conversation again, with the problem where there is one."""
    form = form_class(request.POST)
    if not form.is_valid():
        return conversation_page(request, conversation_id, status=422, problem=problem_of(form))
    try:
        change(form.cleaned_data)
    except NotFound:
        raise
    except Refusal as refusal:
        return conversation_page(request, conversation_id, status=refusal.status, problem=str(refusal))
    if done:
        notices.success(request, done)
    return redirect("conversations:conversation", conversation_id)
