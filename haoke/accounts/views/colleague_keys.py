"""What an administrator does about colleagues' keys: sessions, a lost second factor, and who has to have one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts import forms, queries, services
from haoke.accounts.views.freshness import fresh
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.timeline import queries as timeline


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def requirement(request: Request) -> HttpResponse:
    """Who has to have a second factor, and how the house stands."""
    form = forms.SecondFactorRequirement(request.POST or None, initial={"rule": queries.second_factor_rule()})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.set_second_factor_rule(rule=form.cleaned_data["rule"], by=request.actor)
            messages.success(request, _("Saved. Whoever it concerns is led to it at their next sign-in."))
            return redirect("accounts:requirement")
    context = {
        "form": form,
        "states": queries.factor_states(),
        "last_change": timeline.audit_trail(kinds=["second_factor.rule_set"], most=1),
    }
    return render(request, "accounts/requirement.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
@fresh
def second_factor_reset(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.staff_member(staff_id)
    if request.method == "POST":
        services.reset_second_factor(staff_id=staff_id, by=request.actor)
        messages.success(request, _("%(name)s signs in with the password alone now.") % {"name": staff.name})
        return redirect("accounts:staff_edit", staff_id=staff_id)
    return render(request, "accounts/second_factor_reset.html", {"staff": staff})


@require_POST
@needs("staff.change")
def sessions_ending(request: Request, staff_id: int) -> HttpResponse:
    services.end_sessions_of(staff_id=staff_id, by=request.actor)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": queries.staff_member(staff_id).name})
    return redirect("accounts:staff_edit", staff_id=staff_id)
