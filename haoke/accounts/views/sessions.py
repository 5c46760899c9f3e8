"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts import forms, queries, services
from haoke.accounts.views.preferences import keep_preferences
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, public
from haoke.core.ui.returning import safe_return


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if queries.is_new_installation():
        return redirect("accounts:set_up")
    if request.actor.is_signed_in:
        return redirect(safe_return(request, request.GET.get("next")))
    form = forms.SignIn(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            staff = services.sign_in(
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
            )
            # Django gives the session a new key here, so that one planted before is worth nothing.
            login(request, staff)
            response = redirect(safe_return(request, form.cleaned_data["next"]))
            return keep_preferences(response, language=staff.language, theme=staff.theme)
    return render(request, "accounts/sign_in.html", {"form": form}, status=status_of(form))


@public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("accounts:sign_in")
