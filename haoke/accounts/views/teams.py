"""Teams: who answers together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts import forms, queries, services
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("staff.view")
def index(request: Request) -> HttpResponse:
    return render(request, "accounts/team_list.html", {"teams": queries.teams_with_members()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def new(request: Request) -> HttpResponse:
    form = forms.TeamName(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            team = services.create_team(name=form.cleaned_data["name"], by=request.actor)
            messages.success(request, _("Team %(name)s is there. Now choose who belongs to it.") % {"name": team.name})
            return redirect("accounts:teams")
    return render(request, "accounts/team_form.html", {"form": form, "team": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def edit(request: Request, team_id: int) -> HttpResponse:
    team = queries.team(team_id)
    form = forms.TeamName(request.POST or None, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.rename_team(team_id=team_id, name=form.cleaned_data["name"], by=request.actor)
            return redirect("accounts:teams")
    return render(request, "accounts/team_form.html", {"form": form, "team": team}, status=status_of(form))
