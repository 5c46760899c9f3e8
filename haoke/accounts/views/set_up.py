"""Moving in: the first administrator of an empty house."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haoke.accounts import forms, queries, services
from haoke.accounts.views.freshness import mark_fresh
from haoke.accounts.views.preferences import keep_preferences
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, public

# A house above this one, so named by its address: where the mailbox that customers write to is entered.
FIRST_STEP = "/channels/"


@public
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Request) -> HttpResponse:
    if not queries.is_new_installation():
        return redirect("/" if request.actor.is_signed_in else "accounts:sign_in")
    form = forms.SetUp(request.POST or None, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown_on(form):
            staff = services.create_first_administrator(
                company_name=given["company_name"],
                name=given["name"],
                email=given["email"],
                password=given["new"],
                language=given["language"],
                also_serves=given["also_serves"],
            )
            login(request, staff)
            mark_fresh(request)
            with translation.override(staff.language):
                messages.success(request, _("Welcome! Next, enter the mailbox your customers write to."))
            return keep_preferences(redirect(FIRST_STEP), language=staff.language)
    return render(request, "accounts/set_up.html", {"form": form}, status=status_of(form))
