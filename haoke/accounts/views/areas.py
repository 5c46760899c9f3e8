"""Areas: the tree of administrative divisions that supervisors and customers belong to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts import forms, queries, services
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("staff.view")
def index(request: Request) -> HttpResponse:
    return render(request, "accounts/area_list.html", {"areas": queries.area_tree()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change")
def new(request: Request) -> HttpResponse:
    parents = [(area.pk, f"{area.name} ({area.code})") for area in queries.areas()]
    form = forms.NewArea(request.POST or None, initial={"parent_id": request.GET.get("below")}, areas=parents)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.create_area(**form.cleaned_data, by=request.actor)
            return redirect("accounts:areas")
    return render(request, "accounts/area_form.html", {"form": form}, status=status_of(form))
