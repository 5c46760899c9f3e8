"""Skills: what some conversations need and some colleagues have."""

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
@needs("routing.change")
def index(request: Request) -> HttpResponse:
    return render(request, "accounts/skill_list.html", {"skills": queries.skills_with_holders()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.change")
def new(request: Request) -> HttpResponse:
    form = forms.SkillForm(request.POST or None)
    # A new one is in use.
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.create_skill(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The skill is there. Now say who has it, and which conversations need it."))
            return redirect("accounts:skills")
    return render(request, "accounts/skill_form.html", {"form": form, "skill": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.change")
def edit(request: Request, skill_id: int) -> HttpResponse:
    skill = queries.skill(skill_id)
    initial = {"name_zh": skill.name_zh, "name_en": skill.name_en, "is_active": skill.is_active}
    form = forms.SkillForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.change_skill(skill_id=skill_id, **form.cleaned_data, by=request.actor)
            return redirect("accounts:skills")
    return render(request, "accounts/skill_form.html", {"form": form, "skill": skill}, status=status_of(form))
