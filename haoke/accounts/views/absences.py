"""Absences: one's own, and those of the people in one's charge."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.accounts import forms, queries, services
from haoke.accounts.queries import StaffName
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs, signed_in
from haoke.core.ui.returning import page_before


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own(request: Request) -> HttpResponse:
    me = StaffName(request.actor.staff_id or 0, request.actor.name, True)
    return _page(request, [me], "accounts:absences", title=_("My absences"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.change")
def of_colleagues(request: Request) -> HttpResponse:
    return _page(request, queries.staff_in_charge(request.actor), "accounts:colleagues_absences", title=_("Absences"))


@require_POST
@signed_in
def cancellation(request: Request, absence_id: int) -> HttpResponse:
    services.cancel_absence(absence_id=absence_id, by=request.actor)
    messages.success(request, _("The absence is taken back."))
    return redirect(page_before(request))


def _page(request: Request, people: list[StaffName], here: str, *, title: str) -> HttpResponse:
    form = forms.AbsenceForm(
        request.POST or None,
        staff=[(each.id, each.name) for each in people],
        substitutes=[(each.id, each.name) for each in queries.assignable_staff()],
    )
    # Times are typed as they stand on the colleague's wall.
    with timezone.override(zone_of(request.actor)):
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with refusals_shown_on(form):
            services.enter_absence(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The absence is entered. No new work is given out meanwhile."))
            return redirect(here)
    context = {
        "form": form,
        "title": title,
        "here": reverse(here),
        "is_own": len(people) == 1 and people[0].id == request.actor.staff_id,
        "absences": queries.absences_of(each.id for each in people),
    }
    return render(request, "accounts/absences.html", context, status=status_of(form))
