"""An administrator's hour with customer data."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts import forms, queries, services
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.open")
def access(request: Request) -> HttpResponse:
    form = forms.Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.open_access(reason=form.cleaned_data["reason"], by=request.actor)
            return redirect("accounts:access")
    context = {"form": form, "opening": queries.open_access(request.actor.staff_id)}
    return render(request, "accounts/access.html", context, status=status_of(form))


@require_POST
@needs("access.open")
def closing(request: Request) -> HttpResponse:
    services.close_access(by=request.actor)
    return redirect("accounts:access")
