"""The mails that arrived: list, one mail, its source, and running it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.channels import forms, queries, services
from haoke.channels.choices import InboundState
from haoke.channels.models import InboundMail
from haoke.channels.views.lists import chosen_state, link_to, state_tabs
from haoke.core.paging import place_of
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("channels.view")
def index(request: Request) -> HttpResponse:
    path = reverse("channels:inbound")
    state, place = chosen_state(request, InboundState), place_of(request.GET.get("after", ""))
    mails, following = queries.inbound_page(request.actor, state=state, place=place)
    context = {
        "mails": mails,
        "shown": queries.addresses_shown_to(request.actor),
        "views": state_tabs(path, InboundState, queries.inbound_counts(request.actor), state),
        "here": link_to(path, state=state, place=place),
        "first_url": link_to(path, state=state) if place else None,
        "next_url": link_to(path, state=state, place=following) if following else None,
    }
    return render(request, "channels/inbound_list.html", context)


@require_safe
@needs("channels.view")
def mail(request: Request, inbound_id: int) -> HttpResponse:
    return _mail_page(request, queries.inbound_mail(inbound_id, request.actor), forms.SourceReason())


@require_POST
@needs("channels.change")
def source(request: Request, inbound_id: int) -> HttpResponse:
    """The mail as it came, as a file: asked for by POST, because reading it is a fact."""
    found = queries.inbound_mail(inbound_id, request.actor)
    form = forms.SourceReason(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            raw = services.read_source(inbound_id, reason=form.cleaned_data["reason"], by=request.actor)
            return _as_file(raw, name=f"mail-{inbound_id}.txt")
    return _mail_page(request, found, form)


@require_POST
@needs("channels.change")
def run(request: Request, inbound_id: int) -> HttpResponse:
    services.run_again(inbound_id, by=request.actor)
    messages.success(request, _("Mail %(id)s is being run again.") % {"id": inbound_id})
    return redirect("channels:inbound_mail", inbound_id=inbound_id)


def _mail_page(request: Request, found: InboundMail, form: forms.SourceReason) -> HttpResponse:
    context = {
        "mail": found,
        "head": queries.inbound_head(found.pk),
        "shown": queries.addresses_shown_to(request.actor),
        "may_run_again": queries.may_run_again(found.state),
        "source_form": form,
    }
    return render(request, "channels/inbound_mail.html", context, status=status_of(form))


def _as_file(raw: bytes, *, name: str) -> HttpResponse:
    """Plain text to be saved: nothing in it may run, and nobody between us keeps a copy."""
    return HttpResponse(
        raw,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
