"""The small forms beside a conversation: assignment, state, urgency, category, closing, reopening, customer."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
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
)
from haoke.conversations.views.round_trip import change
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.answer")
def assignment(request: Request, conversation_id: int) -> HttpResponse:
    return change(
        request,
        conversation_id,
        AssignmentForm,
        lambda *, assignee, team, **rest: services.assign(assignee_id=assignee, team_id=team, **rest),
    )


@require_POST
@needs("conversations.answer")
def state(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, StateForm, services.change_state)


@require_POST
@needs("conversations.mark")
def urgency(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, UrgencyForm, services.set_urgency)


@require_POST
@needs("conversations.mark")
def category(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, CategoryForm, services.set_category)


@require_POST
@needs("conversations.answer")
def closure(request: Request, conversation_id: int) -> HttpResponse:
    done = _("Closed. If it is their turn, the customer is asked how it was. It can be reopened at any time.")
    return change(request, conversation_id, ClosureForm, services.close_conversation, done=done)


@require_POST
@needs("conversations.answer")
def reopening(request: Request, conversation_id: int) -> HttpResponse:
    return change(
        request,
        conversation_id,
        ReopeningForm,
        lambda *, reason, **rest: services.reopen_conversation(note=reason, **rest),
    )


@require_POST
@needs("conversations.answer")
def customer(request: Request, conversation_id: int) -> HttpResponse:
    return change(
        request,
        conversation_id,
        CustomerForm,
        lambda *, customer, **rest: services.identify(customer_id=customer, **rest),
    )


@require_POST
@needs("customers.create")
def registration(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, forms.Form, services.register_sender)
