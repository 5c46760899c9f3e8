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
        lambda *, assignee, team, **rest: services.assign(assignee_id=assignee, team_id=team, **rest),
    )


@require_POST
@needs("conversations.answer")
def state(request: Request, conversation_id: int) -> HttpResponse:
    return _change(request, conversation_id, StateForm, services.change_state)


@require_POST
@needs("conversations.mark")
def urgency(request: Request, conversation_id: int) -> HttpResponse:
    return _change(request, conversation_id, UrgencyForm, services.set_urgency)


@require_POST
@needs("conversations.mark")
def category(request: Request, conversation_id: int) -> HttpResponse:
    return _change(request, conversation_id, CategoryForm, services.set_category)


@require_POST
@needs("conversations.answer")
def closure(request: Request, conversation_id: int) -> HttpResponse:
    done = _("Closed. If it is their turn, the customer is asked how it was. It can be reopened at any time.")
    return _change(request, conversation_id, ClosureForm, services.close_conversation, done=done)


@require_POST
@needs("conversations.answer")
def reopening(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        ReopeningForm,
        lambda *, reason, **rest: services.reopen_conversation(note=reason, **rest),
    )


@require_POST
@needs("conversations.answer")
def customer(request: Request, conversation_id: int) -> HttpResponse:
    return _change(
        request,
        conversation_id,
        CustomerForm,
        lambda *, customer, **rest: services.identify(customer_id=customer, **rest),
    )


@require_POST
@needs("customers.create")
def registration(request: Request, conversation_id: int) -> HttpResponse:
    return _change(request, conversation_id, forms.Form, services.register_sender)


def _change(
    request: Request,
    conversation_id: int,
    form_class: type[forms.Form],
    change: Callable[..., Any],
    *,
    done: str = "",
) -> HttpResponse:
    """Parses, asks the one service, and shows the conversation again, with the problem where there is one.

    The fields of the form are the arguments of `change`, beside the conversation and who asks.
    """
    form = form_class(request.POST)
    if not form.is_valid():
        return conversation_page(request, conversation_id, status=422, problem=problem_of(form))
    try:
        change(conversation_id=conversation_id, by=request.actor, **form.cleaned_data)
    except NotFound:
        raise
    except Refusal as refusal:
        return conversation_page(request, conversation_id, status=refusal.status, problem=str(refusal))
    if done:
        notices.success(request, done)
    return redirect("conversations:conversation", conversation_id)
