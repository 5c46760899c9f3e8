"""Customers as one types a name, number, phone or mail: links, or choices for the form of another page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries
from haoke.customers.choices import CustomerKind, MatchedOn


@require_safe
@needs("customers.view")
def search(request: Request) -> HttpResponse:
    """With `pick` the hits are radio buttons named customer_id; without htmx the list page answers."""
    text = request.GET.get("q", "")
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{reverse('customers:list')}?{urlencode({'q': text})}")
    context = {
        "text": text.strip(),
        "hits": queries.search(text, request.actor),
        "is_picker": "pick" in request.GET,
        "matched_labels": dict(MatchedOn.choices),
        "kind_labels": dict(CustomerKind.choices),
    }
    return render(request, "customers/search.html", context)
