"""Asking for the password once more before keys are changed, unless it was typed in the last ten minutes."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haoke.accounts import forms, services
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, View, before_set_up, signed_in
from haoke.core.ui.returning import page_before, safe_return

FRESH_SECONDS = 600
_PROVED_AT = "password_proved_at"


def mark_fresh(request: Request) -> None:
    """Remembers in the session that the password was typed just now."""
    request.session[_PROVED_AT] = clock.now().timestamp()


def fresh(view: View) -> View:
    """Opens a page only to whoever typed their password lately; others are asked, and led back."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if clock.now().timestamp() - request.session.get(_PROVED_AT, 0) < FRESH_SECONDS:
            return view(request, *args, **kwargs)
        # What was posted is not kept: after the password one presses the button once more.
        wanted = request.get_full_path() if request.method == "GET" else page_before(request)
        return redirect(f"{reverse('accounts:confirmation')}?{urlencode({'next': wanted})}")

    return guarded


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@before_set_up
@signed_in
def confirmation(request: Request) -> HttpResponse:
    form = forms.OwnPasswordAgain(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.check_own_password(password=form.cleaned_data["password"], by=request.actor, field="password")
            mark_fresh(request)
            return redirect(safe_return(request, form.cleaned_data["next"], otherwise=reverse("accounts:account")))
    return render(request, "accounts/confirmation.html", {"form": form}, status=status_of(form))
