"""One's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from haoke.accounts import forms, queries, services
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, signed_in


@require_safe
@signed_in
def account(request: Request) -> HttpResponse:
    return _page(request, forms.OwnPassword())


@sensitive_post_parameters()
@require_POST
@signed_in
def password(request: Request) -> HttpResponse:
    form = forms.OwnPassword(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            staff = services.change_own_password(
                current=form.cleaned_data["current"], new=form.cleaned_data["new"], by=request.actor
            )
            # Every session of theirs ends with the old password, except the one in which they chose the new.
            request.session.cycle_key()
            request.session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
            messages.success(request, _("Your new password counts from now on."))
            return redirect("accounts:account")
    return _page(request, form)


def _page(request: Request, form: forms.OwnPassword) -> HttpResponse:
    context = {"staff": queries.staff_member(request.actor.staff_id), "form": form}
    return render(request, "accounts/account.html", context, status=status_of(form))
