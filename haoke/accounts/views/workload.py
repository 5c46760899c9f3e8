"""What a colleague is given: their skills, the languages they write, and how much they take."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haoke.accounts import forms, queries, services
from haoke.core.errors import NotFound
from haoke.core.text.numbers import number_in
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.change")
def workload(request: Request, staff_id: int) -> HttpResponse:
    if staff_id not in {each.id for each in queries.staff_in_charge(request.actor)}:
        raise NotFound()
    staff = queries.staff_member(staff_id)
    initial = {
        "skill_ids": queries.skill_ids_of(staff_id),
        "writes_languages": staff.writes_languages,
        "capacity": staff.capacity,
    }
    skills = [(each.pk, each.name) for each in queries.skills()]
    form = forms.Workload(request.POST or None, initial=initial, skills=skills)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            version = number_in(request.POST.get("version", "")) or 0
            services.set_workload(staff_id=staff_id, version=version, **form.cleaned_data, by=request.actor)
            messages.success(request, _("From now on %(name)s is given work like this.") % {"name": staff.name})
            return redirect("accounts:workload", staff_id)
    return render(request, "accounts/workload.html", {"form": form, "staff": staff}, status=status_of(form))
