"""The pages on which policies are read and changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs
from haoke.policies import queries, services
from haoke.policies.forms import PolicyForm, policy_form


@require_safe
@needs("policies.view")
def policies(request: Request) -> HttpResponse:
    return render(request, "policies/policies.html", {"policies": queries.overview()})


@require_safe
@needs("policies.view")
def policy(request: Request, type: str) -> HttpResponse:
    detail = queries.policy_detail(type)
    form_type = policy_form(type)
    shown = form_type.initial_of(detail.current.value) if detail.current else {}
    return _page(request, detail, form_type(initial={"version": detail.newest, **shown}))


@require_POST
@needs("policies.change")
def create_version(request: Request, type: str) -> HttpResponse:
    form = policy_form(type)(request.POST)
    # Times are typed as they stand on the colleague's wall.
    with timezone.override(zone_of(request.actor)):
        is_valid = form.is_valid()
    if is_valid:
        with refusals_shown_on(form):
            services.change_policy(
                type=type,
                value=form.parts(),
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.actor,
            )
            messages.success(request, _("The change is written down."))
            return redirect("policies:policy", type=type)
    detail = queries.policy_detail(type)
    form.renew(detail.newest)
    return _page(request, detail, form)


@require_POST
@needs("policies.change")
def withdraw_version(request: Request, type: str, policy_id: int) -> HttpResponse:
    services.withdraw_policy_change(policy_id=policy_id, by=request.actor)
    messages.success(request, _("The planned change is withdrawn."))
    return redirect("policies:policy", type=type)


def _page(request: Request, detail: queries.PolicyDetail, form: PolicyForm) -> HttpResponse:
    return render(request, "policies/policy.html", {"policy": detail, "form": form}, status=status_of(form))
