"""The ways to reach a customer: add, remove, and reveal what is masked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.customers import forms, queries, services


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customers.edit")
def index(request: Request, number: str) -> HttpResponse:
    customer = queries.customer_by_number(number, request.actor)
    form = forms.NewContactPoint(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.add_contact_point(
                customer_id=customer.pk,
                by=request.actor,
                **form.cleaned_data,
            )
            messages.success(request, _("The contact point is added."))
            return redirect("customers:contact_points", number=customer.number)
    context = {
        "customer": customer,
        "points": queries.shown_contact_points(customer.pk, request.actor),
        "form": form,
    }
    return render(request, "customers/contact_points.html", context, status=status_of(form))


@require_POST
@needs("customers.edit")
def removal(request: Request, number: str, contact_point_id: int) -> HttpResponse:
    customer = queries.customer_by_number(number, request.actor)
    services.remove_contact_point(
        customer_id=customer.pk,
        contact_point_id=contact_point_id,
        by=request.actor,
    )
    messages.success(request, _("The contact point is removed."))
    return redirect("customers:contact_points", number=customer.number)


@require_POST
@never_cache
@needs("contact_points.reveal")
def reveal(request: Request, number: str, contact_point_id: int) -> HttpResponse:
    """Shows the value on the answer to this request alone: loading any page again masks it again."""
    customer = queries.customer_by_number(number, request.actor)
    point = services.reveal_contact_point(
        customer_id=customer.pk,
        contact_point_id=contact_point_id,
        by=request.actor,
    )
    revealed = queries.shown_point(point, request.actor, is_revealed=True)
    return render(request, "customers/revealed.html", {"customer": customer, "point": revealed})
