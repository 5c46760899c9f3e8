"""Changing an archive; whoever was overtaken sees both versions and decides."""

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
from haoke.customers.errors import CustomerChanged
from haoke.customers.views.kinds import area_choices, kind_of, kind_tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customers.edit")
def edit(request: Request, number: str) -> HttpResponse:
    customer = queries.customer_by_number(number, request.actor)
    on_file, areas = queries.details_of(customer), area_choices()
    kind = kind_of(request, otherwise=customer.kind)
    shown = {**on_file, "kind": kind, "version": customer.version}
    form = forms.KNOWN_FORM_OF[kind](request.POST or None, initial=shown, areas=areas)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.edit_customer(
                customer_id=customer.pk, version=form.cleaned_data["version"], by=request.actor, **form.changes()
            )
            messages.success(request, _("The profile is saved."))
            return redirect("web:customer", number=customer.number)
    context = {"customer": customer, "kind": kind, "tabs": kind_tabs(request, kind), "differences": []}
    if form.is_bound and form.cleaned_data.get("version") != customer.version:
        context["differences"] = form.differences(on_file)
        form = form.rebased(on_file, customer.version, areas=areas)
        form.add_error(None, str(CustomerChanged()))
        return render(request, "customers/edit.html", {**context, "form": form}, status=409)
    return render(request, "customers/edit.html", {**context, "form": form}, status=status_of(form))
