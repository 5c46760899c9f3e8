"""Who answers for a customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts.queries import assignable_staff, teams
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.customers import forms, queries, services


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customers.own")
def index(request: Request, number: str) -> HttpResponse:
    customer = queries.customer_by_number(number, request.actor)
    form = forms.NewOwner(
        request.POST or None,
        staff=[(each.id, each.name) for each in assignable_staff()],
        teams=[(each.pk, each.name) for each in teams()],
    )
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.give_owner(customer_id=customer.pk, by=request.actor, **form.chosen())
            messages.success(request, _("Who answers for the customer is saved."))
            return _seen_again(request, customer.number)
    context = {"customer": customer, "owners": queries.owners_of(customer.pk), "form": form}
    return render(request, "customers/owner.html", context, status=status_of(form))


@require_POST
@needs("customers.own")
def end(request: Request, number: str, ownership_id: int) -> HttpResponse:
    customer = queries.customer_by_number(number, request.actor)
    services.end_ownership(
        customer_id=customer.pk,
        ownership_id=ownership_id,
        reason=request.POST.get("reason", ""),
        by=request.actor,
    )
    messages.success(request, _("Who answers for the customer is saved."))
    return _seen_again(request, customer.number)


def _seen_again(request: Request, number: str) -> HttpResponse:
    """Back to the page, or to the list where the change took the customer out of one's own reach."""
    is_visible = queries.visible_customers(request.actor).filter(number=number).exists()
    return redirect("customers:owner", number=number) if is_visible else redirect("customers:list")
