"""The mails of ours: list, one mail, trying again, and deciding about an uncertain one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.channels import forms, queries, services
from haoke.channels.choices import OutboundState
from haoke.channels.views.lists import chosen_state, link_to, state_tabs
from haoke.core.errors import Invalid
from haoke.core.paging import place_of
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("channels.view")
def index(request: Request) -> HttpResponse:
    path = reverse("channels:outbound")
    state, place = chosen_state(request, OutboundState), place_of(request.GET.get("after", ""))
    mails, following = queries.outbound_page(request.actor, state=state, place=place)
    context = {
        "mails": mails,
        "shown": queries.addresses_shown_to(request.actor),
        "views": state_tabs(path, OutboundState, queries.outbound_counts(request.actor), state),
        "here": link_to(path, state=state, place=place),
        "first_url": link_to(path, state=state) if place else None,
        "next_url": link_to(path, state=state, place=following) if following else None,
    }
    return render(request, "channels/outbound_list.html", context)


@require_safe
@needs("channels.view")
def mail(request: Request, outbound_id: int) -> HttpResponse:
    found = queries.outbound_mail(outbound_id, request.actor)
    context = {
        "mail": found,
        "shown": queries.addresses_shown_to(request.actor),
        "may_try_again": queries.may_try_again(found.state, found.cause),
    }
    return render(request, "channels/outbound_mail.html", context)


@require_POST
@needs("channels.view")
def trial(request: Request, outbound_id: int) -> HttpResponse:
    """Sends a failed or refused mail once more."""
    found = queries.outbound_mail(outbound_id, request.actor)
    services.try_again(found.pk, by=request.actor)
    messages.success(request, _("The mail is being sent again."))
    return redirect("channels:outbound_mail", outbound_id=outbound_id)


@require_POST
@needs("channels.view")
def settlement(request: Request, outbound_id: int) -> HttpResponse:
    """A person says whether an uncertain mail arrived."""
    found = queries.outbound_mail(outbound_id, request.actor)
    form = forms.Settlement(request.POST)
    if not form.is_valid():
        # Never guessed: the wrong guess sends a customer the same mail twice, or none.
        raise Invalid()
    services.settle_uncertain(found.pk, was_sent=form.cleaned_data["answer"] == "arrived", by=request.actor)
    messages.success(request, _("Your decision is kept."))
    return redirect("channels:outbound_mail", outbound_id=outbound_id)
