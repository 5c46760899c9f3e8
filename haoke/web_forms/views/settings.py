"""Setting web forms up: list, new, change, and how a site shows one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts import queries as accounts
from haoke.channels import queries as channels
from haoke.conversations import queries as conversations
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.web_forms import forms, queries, services
from haoke.web_forms.models import WebForm


@require_safe
@needs("channels.view")
def index(request: Request) -> HttpResponse:
    found = queries.forms(request.actor)
    context = {"forms": found, "counts": queries.counts_by_state([each.pk for each in found])}
    return render(request, "web_forms/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("channels.change")
def new(request: Request) -> HttpResponse:
    form = forms.FormSettings(request.POST or None, **_places(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = services.create_form(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The form is there. Look at it, then put it on your site."))
            return redirect("web_forms:edit", form_id=made.pk)
    context = {"form": form, "can_make": bool(channels.channels(request.actor))}
    return render(request, "web_forms/new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("channels.change")
def edit(request: Request, form_id: int) -> HttpResponse:
    web_form = queries.form_by_id(form_id, request.actor)
    form = forms.KnownFormSettings(request.POST or None, initial=_values(web_form), **_places(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.change_form(form_id=form_id, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The form %(name)s is changed.") % {"name": form.cleaned_data["name"]})
            return redirect("web_forms:edit", form_id=form_id)
    public_url = f"{settings.BASE_URL}{reverse('web_forms:form', args=[web_form.key])}"
    context = {"form": form, "web_form": web_form, "public_url": public_url, "snippet": _snippet(web_form, public_url)}
    return render(request, "web_forms/edit.html", context, status=status_of(form))


def _snippet(web_form: WebForm, public_url: str) -> str:
    """The form inside a page of somebody's site; a title is a text there too, whatever signs it holds."""
    title = escape(web_form.text("title"))
    return f'<iframe src="{public_url}" title="{title}" width="100%" height="900" loading="lazy"></iframe>'


def _places(request: Request) -> dict[str, Any]:
    return {
        "channels": [(each.pk, f"{each.name} ({each.address})") for each in channels.channels(request.actor)],
        "teams": [(each.pk, each.name) for each in accounts.teams()],
        "categories": [(each.pk, each.name) for each in conversations.categories()],
    }


def _values(web_form: WebForm) -> dict[str, Any]:
    names = set(forms.KnownFormSettings.base_fields) - {"sites"}
    return {name: getattr(web_form, name) for name in names} | {"sites": "\n".join(web_form.sites)}
