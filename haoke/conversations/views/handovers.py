"""Accepting what was handed over or giving it back, telling the customer, and the page of what nobody took."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import queries, services
from haoke.conversations.forms import AcceptanceForm, GivingBackForm
from haoke.conversations.views.round_trip import change
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.answer")
def acceptance(request: Request, conversation_id: int) -> HttpResponse:
    return change(
        request,
        conversation_id,
        AcceptanceForm,
        services.accept_handover,
        done=_("You look after it now. The giver is free once the customer knows: by the mail, or by your answer."),
    )


@require_POST
@needs("conversations.answer")
def giving_back(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, GivingBackForm, services.give_back_handover, done=_("It is given back."))


@require_POST
@needs("conversations.answer")
def notice(request: Request, conversation_id: int) -> HttpResponse:
    done = _("The customer is told by mail who looks after them now.")
    return change(request, conversation_id, forms.Form, services.tell_customer, done=done)


@require_safe
@needs("reports.view")
def report(request: Request) -> HttpResponse:
    context = {"report": queries.handover_report(request.actor)}
    return render(request, "conversations/handovers.html", context)
