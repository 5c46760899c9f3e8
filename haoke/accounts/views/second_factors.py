"""Setting one's second factor up in three steps, having new recovery codes made, and switching it off."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.accounts import forms, queries, services
from haoke.accounts.views.freshness import fresh
from haoke.accounts.views.sessions import AFTER_SET_UP
from haoke.core.errors import NotFound
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, before_set_up, signed_in
from haoke.core.ui.returning import safe_return


@require_safe
@never_cache
@before_set_up
@signed_in
def begin(request: Request) -> HttpResponse:
    """What a second factor is and needs; nothing is made before one says so."""
    staff = queries.staff_member(request.actor.staff_id)
    context = {"factor": queries.factor_state(staff), "must_set_up": request.session.get(queries.MUST_SET_UP, False)}
    return render(request, "accounts/second_factor.html", context)


@require_POST
@before_set_up
@signed_in
@fresh
def beginning(request: Request) -> HttpResponse:
    services.begin_second_factor(by=request.actor)
    return redirect("accounts:second_factor_set_up")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@before_set_up
@signed_in
@fresh
def set_up(request: Request) -> HttpResponse:
    """The key for the app, and its first code, which switches the second factor on."""
    staff = queries.staff_member(request.actor.staff_id)
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            codes = services.confirm_second_factor(
                code=form.cleaned_data["code"], session_key=request.session.session_key, by=request.actor
            )
            request.session.pop(queries.MUST_SET_UP, None)
            return _codes_page(request, codes, is_new=True)
    new_factor = queries.new_factor(staff)
    if new_factor is None:
        return redirect("accounts:second_factor")
    context = {"form": form, "new_factor": new_factor}
    return render(request, "accounts/second_factor_set_up.html", context, status=status_of(form))


@require_safe
@never_cache
@before_set_up
@signed_in
@fresh
def picture(request: Request) -> HttpResponse:
    """The QR code from an address of its own, so that the page carries no secret in a picture; kept nowhere."""
    new_factor = queries.new_factor(queries.staff_member(request.actor.staff_id))
    if new_factor is None:
        raise NotFound()
    drawing = io.BytesIO()
    segno.make(new_factor.address, error="m").save(drawing, kind="svg", scale=5, border=4, light="#fff")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_POST
@never_cache
@signed_in
@fresh
def recovery_codes(request: Request) -> HttpResponse:
    return _codes_page(request, services.renew_recovery_codes(by=request.actor), is_new=False)


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def removal(request: Request) -> HttpResponse:
    form = forms.SecondFactorRemoval(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.remove_second_factor(**form.cleaned_data, by=request.actor)
            messages.success(request, _("Your second factor is off. The password alone lets you in."))
            return redirect("accounts:account")
    factor = queries.factor_state(queries.staff_member(request.actor.staff_id))
    return render(
        request, "accounts/second_factor_removal.html", {"form": form, "factor": factor}, status=status_of(form)
    )


def _codes_page(request: Request, codes: list[str], *, is_new: bool) -> HttpResponse:
    """Shown in the answer itself, this one time: a redirect would have to keep them somewhere."""
    wanted = safe_return(request, request.session.pop(AFTER_SET_UP, None), otherwise=reverse("accounts:account"))
    # No switch of the language here: it leads to another page, and these codes stand on this one alone.
    context = {"codes": codes, "is_new": is_new, "wanted": wanted, "language_url": None}
    return render(request, "accounts/recovery_codes.html", context)
