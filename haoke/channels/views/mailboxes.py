"""Mailboxes: list, new, change, and trying one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.accounts import queries as accounts
from haoke.channels import forms, queries, services
from haoke.channels.models import Channel
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("channels.view")
def index(request: Request) -> HttpResponse:
    return render(request, "channels/mailboxes.html", {"channels": queries.channels(request.actor)})


@sensitive_post_parameters("outgoing_password")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("channels.change")
def new(request: Request) -> HttpResponse:
    form = forms.NewChannel(request.POST or None, teams=_teams())
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            channel = services.create_channel(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The mailbox is there. Send a test mail to see that it works."))
            return redirect("channels:mailbox", channel_id=channel.pk)
    return render(request, "channels/mailbox_new.html", {"form": form}, status=status_of(form))


@sensitive_post_parameters("outgoing_password")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("channels.change")
def mailbox(request: Request, channel_id: int) -> HttpResponse:
    channel = queries.channel_by_id(channel_id, request.actor)
    form = _form(channel, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.change_channel(channel_id=channel_id, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The mailbox %(name)s is changed.") % {"name": form.cleaned_data["name"]})
            return redirect("channels:mailbox", channel_id=channel_id)
    return _mailbox_page(request, channel, form, forms.TestMail())


@require_POST
@needs("channels.change")
def test_mail(request: Request, channel_id: int) -> HttpResponse:
    channel = queries.channel_by_id(channel_id, request.actor)
    form = forms.TestMail(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.send_test_mail(channel_id=channel_id, recipient=form.cleaned_data["recipient"], by=request.actor)
            return redirect("channels:mailbox", channel_id=channel_id)
    return _mailbox_page(request, channel, _form(channel), form)


def _mailbox_page(
    request: Request, channel: Channel, form: forms.KnownChannel, test_form: forms.TestMail
) -> HttpResponse:
    is_stale = form.is_bound and form.cleaned_data.get("version") not in (None, channel.version)
    context = {
        "channel": channel,
        "form": form,
        "test_form": test_form,
        "test": queries.last_test_mail(channel.pk),
        "differences": _differences(form, channel) if is_stale else [],
    }
    status = 409 if is_stale else max(status_of(form), status_of(test_form))
    return render(request, "channels/mailbox.html", context, status=status)


def _form(channel: Channel, typed: QueryDict | None = None) -> forms.KnownChannel:
    has_password = bool(channel.outgoing_password)
    return forms.KnownChannel(typed, initial=_values(channel), teams=_teams(), has_password=has_password)


def _teams() -> list[tuple[int, str]]:
    return [(team.pk, team.name) for team in accounts.teams()]


def _values(channel: Channel) -> dict[str, Any]:
    """What stands in the form when it is opened; the password never does."""
    names = set(forms.KnownChannel.base_fields) - {"outgoing_password", "forgets_password"}
    return {name: getattr(channel, name) for name in names}


def _differences(form: forms.KnownChannel, channel: Channel) -> list[tuple[str, str, str]]:
    """Where the typed values differ from what a colleague saved meanwhile: label, theirs, yours."""
    saved = _values(channel)
    return [
        (str(field.label), _words(field, saved[name]), _words(field, form.cleaned_data[name]))
        for name, field in form.fields.items()
        if name in saved and name != "version" and saved[name] != form.cleaned_data.get(name, saved[name])
    ]


def _words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(getattr(field, "choices", ())).get(value, value))
