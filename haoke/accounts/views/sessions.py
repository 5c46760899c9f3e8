"""Signing in, in one step or two, and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts import forms, queries, services
from haoke.accounts.views.freshness import mark_fresh
from haoke.accounts.views.preferences import keep_preferences
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, public
from haoke.core.ui.returning import safe_return

# Between password and code the session knows whose password it was, and nothing more, for so long.
SECONDS_FOR_THE_CODE = 300
_HALF_WAY = "sign_in_half_way"
# Where whoever has to set a second factor up first goes afterwards.
AFTER_SET_UP = "after_set_up"


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
            admission = services.sign_in(
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
            )
            wanted = safe_return(request, form.cleaned_data["next"])
            go_on = _ask_for_code if admission.needs_code else enter
            return go_on(request, admission, wanted)
    context = {"form": form, "is_late": "late" in request.GET}
    return render(request, "accounts/sign_in.html", context, status=status_of(form))


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    """The second step: the app's code, or one of the recovery codes."""
    half_way = _half_way(request)
    if half_way is None:
        return redirect(f"{reverse('accounts:sign_in')}?late")
    by_recovery_code = "recovery" in request.GET
    form = (forms.RecoveryCode if by_recovery_code else forms.Code)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            admission = services.finish_sign_in(
                staff_id=half_way["staff_id"],
                password_mark=half_way["password_mark"],
                code=form.cleaned_data["code"],
                address=request.META.get("REMOTE_ADDR", ""),
            )
            return enter(request, admission, safe_return(request, half_way["wanted"]))
    context = {"form": form, "by_recovery_code": by_recovery_code}
    return render(request, "accounts/code.html", context, status=status_of(form))


@public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    staff_id = request.actor.staff_id
    services.go_out(by=request.actor)
    logout(request)
    if staff_id:
        services.tell_sessions(staff_id)
    return redirect("accounts:sign_in")


def enter(request: Request, admission: services.Admission, wanted: str) -> HttpResponse:
    """Lets somebody in who gave all that was asked, to the page they wanted."""
    staff = admission.staff
    request.session.pop(_HALF_WAY, None)
    # Django gives the session a new key here, so that one planted before is worth nothing.
    login(request, staff)
    mark_fresh(request)
    response = redirect(wanted)
    if admission.must_set_up:
        request.session[queries.MUST_SET_UP] = True
        request.session[AFTER_SET_UP] = wanted
        response = redirect("accounts:second_factor")
    return keep_preferences(response, language=staff.language, theme=staff.theme)


def _ask_for_code(request: Request, admission: services.Admission, wanted: str) -> HttpResponse:
    request.session.cycle_key()
    request.session[_HALF_WAY] = {
        "staff_id": admission.staff.pk,
        "password_mark": admission.staff.get_session_auth_hash(),
        "until": clock.now().timestamp() + SECONDS_FOR_THE_CODE,
        "wanted": wanted,
    }
    return redirect("accounts:code")


def _half_way(request: Request) -> dict[str, Any] | None:
    """Whose password was right a moment ago; None where nobody's was, or too long ago."""
    half_way = request.session.get(_HALF_WAY)
    return half_way if half_way and clock.now().timestamp() < half_way["until"] else None
