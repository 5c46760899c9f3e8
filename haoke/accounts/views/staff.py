"""Colleagues: who works here and what they may do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts import forms, queries, services
from haoke.accounts.choices import Role
from haoke.accounts.models import Staff
from haoke.accounts.open_work import held_by
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("staff.view")
def index(request: Request) -> HttpResponse:
    return render(
        request, "accounts/staff_list.html", {"staff": queries.staff_list(), "role_labels": dict(Role.choices)}
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def new(request: Request) -> HttpResponse:
    form = forms.NewStaff(request.POST or None, **_places())
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            staff = services.create_staff(**form.cleaned_data, by=request.actor)
            messages.success(request, _("%(name)s can sign in now.") % {"name": staff.name})
            return redirect("accounts:staff")
    return render(request, "accounts/staff_new.html", {"form": form}, status=status_of(form))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def edit(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.staff_member(staff_id)
    form = forms.KnownStaff(request.POST or None, initial=_values(staff), **_places())
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            # The team field is missing where there are no teams yet.
            services.change_staff(staff_id=staff_id, **{"team_ids": [], **form.cleaned_data}, by=request.actor)
            messages.success(request, _("The access of %(name)s is changed.") % {"name": form.cleaned_data["name"]})
            return redirect("accounts:staff")
    is_stale = form.is_bound and form.cleaned_data.get("version") not in (None, staff.version)
    context = {
        "form": form,
        "staff": staff,
        "differences": _differences(form, staff) if is_stale else [],
        "factor": queries.factor_state(staff),
        "session_count": queries.count_sessions(staff_id),
        "held": held_by(staff_id),
        "is_in_charge": request.actor.may("routing.change"),
    }
    return render(request, "accounts/staff_edit.html", context, status=409 if is_stale else status_of(form))


def _places() -> dict[str, Any]:
    return {
        "teams": [(team.pk, team.name) for team in queries.teams()],
        "areas": [(area.pk, f"{area.name} ({area.code})") for area in queries.areas()],
    }


def _values(staff: Staff) -> dict[str, Any]:
    return {
        "name": staff.name,
        "email": staff.email,
        "roles": staff.roles,
        "team_ids": [team.pk for team in staff.teams.all()],
        "area_ids": [area.pk for area in staff.areas.all()],
        "is_active": staff.is_active,
        "version": staff.version,
    }


def _differences(form: forms.KnownStaff, staff: Staff) -> list[tuple[str, str, str]]:
    """Where the typed values differ from what a colleague saved meanwhile: label, theirs, yours."""
    saved = _values(staff)
    return [
        (str(field.label), _words(field, saved[name]), _words(field, form.cleaned_data[name]))
        for name, field in form.fields.items()
        if name in saved and name != "version" and name in form.cleaned_data
        if _comparable(saved[name]) != _comparable(form.cleaned_data[name])
    ]


def _comparable(value: Any) -> Any:
    return set(value) if isinstance(value, list) else value


def _words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        labels = dict(field.choices)
        return ", ".join(str(labels.get(each, each)) for each in value) or "—"
    return str(value)
