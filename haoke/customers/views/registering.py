"""Opening an archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.customers import forms, queries, services
from haoke.customers.choices import CustomerKind, Nature
from haoke.customers.views.kinds import area_choices, kind_of, kind_tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customers.create")
def new(request: Request) -> HttpResponse:
    """A contact point that is on file proposes whose it is; sent once more, the form registers another customer."""
    kind = kind_of(request, otherwise=CustomerKind.PERSON)
    first = {"kind": kind, "nature": Nature.RETAIL, **_taken_over(request)}
    form = forms.NEW_FORM_OF[kind](request.POST or None, initial=first, areas=area_choices())
    same: list[queries.SameContactPoint] = []
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            same = queries.same_contact_points(form.contact_points(), request.actor)
            if not same or form.cleaned_data["is_another"]:
                customer = services.register_customer(
                    **form.details(),
                    contact_points=form.contact_points(),
                    by=request.actor,
                )
                messages.success(request, _("The archive %(number)s is open.") % {"number": customer.number})
                return redirect("web:customer", number=customer.number)
    context = {"form": form, "kind": kind, "tabs": kind_tabs(request, kind), "same": same}
    return render(request, "customers/new.html", context, status=409 if same else status_of(form))


def _taken_over(request: Request) -> dict[str, str]:
    """What another page knew already and put into the link: ?name=…&mail=…"""
    return {name: request.GET[name][:200] for name in ("name", "mail", "phone") if name in request.GET}
