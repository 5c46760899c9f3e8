"""Settings, Service targets: for whom we promise which times, and what a change would have meant last month."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.accounts import queries as accounts
from haoke.conversations import queries
from haoke.conversations.choices import Urgency
from haoke.conversations.forms import CHANNELS, ScopeForm, TargetsForm
from haoke.conversations.queries import WhatIf
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs
from haoke.customers.choices import Nature
from haoke.policies import queries as policies
from haoke.policies import services
from haoke.policies.choices import PolicyType

TYPE = PolicyType.SERVICE_TARGETS


@require_safe
@needs("policies.view")
def targets(request: Request) -> HttpResponse:
    # Those of one rank exclude each other: what is urgent stands on top.
    scoped = sorted(policies.scoped_policies(TYPE, at=clock.now()), key=_rank, reverse=True)
    words = {
        "scoped": list(zip(scoped, scope_names([each.scope for each in scoped]), strict=True)),
        "floor": policies.version_in_force(PolicyType.SERVICE_FLOOR, at=clock.now()),
    }
    return render(request, "conversations/targets.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("policies.change")
def new(request: Request) -> HttpResponse:
    """Targets for circumstances that have none yet; looked at first, if one likes."""
    scope_form, form = ScopeForm(request.POST or None), _form(request, {"calendar": policies.STANDARD})
    if scope_form.is_valid() and form.is_bound:
        scope = scope_form.scope()
        if policies.history(TYPE, scope=scope):
            scope_form.add_error(None, _("These circumstances have targets already. Change those instead."))
        else:
            return _decide(request, form, scope, {"scope_form": scope_form})
    return _page(request, form, {"scope_form": scope_form}, status=max(status_of(scope_form), status_of(form)))


@require_safe
@needs("policies.view")
def target(request: Request, policy_id: int) -> HttpResponse:
    words = _words_of(policy_id)
    shown = words["shown"]
    form = TargetsForm(initial={"version": words["newest"], **shown.value})
    return _page(request, form, words)


@require_POST
@needs("policies.change")
def versions(request: Request, policy_id: int) -> HttpResponse:
    words = _words_of(policy_id)
    return _decide(request, _form(request, {}), words["shown"].scope, words)


@require_POST
@needs("policies.change")
def withdrawal(request: Request, policy_id: int) -> HttpResponse:
    policies.policy_version(policy_id, TYPE)
    services.withdraw_policy_change(policy_id=policy_id, by=request.actor)
    messages.success(request, _("The planned change is withdrawn."))
    return redirect("conversations:targets")


def scope_names(scopes: Collection[policies.Scope]) -> list[str]:
    """For whom, in the reader's words and in the order in which the parts decide."""
    channels = {each.value: str(each.label) for each in CHANNELS}
    categories = queries.category_names()
    teams = accounts.team_names(scope.team_id for scope in scopes)
    return [
        " · ".join(
            filter(
                None,
                (
                    str(Urgency(scope.urgency).label) if scope.urgency else "",
                    scope.tier,
                    str(Nature(scope.nature).label) if scope.nature else "",
                    channels.get(scope.channel, scope.channel),
                    categories.get(scope.category, scope.category),
                    teams.get(scope.team_id or 0, ""),
                ),
            )
        )
        or _("everybody")
        for scope in scopes
    ]


def _rank(each: policies.ScopedPolicy) -> tuple[Any, ...]:
    return each.scope.rank, Urgency.values.index(each.scope.urgency) if each.scope.urgency else -1


def _form(request: Request, initial: dict[str, Any]) -> TargetsForm:
    return TargetsForm(request.POST or None, initial=initial, is_trial=request.POST.get("act") == "trial")


def _decide(request: Request, form: TargetsForm, scope: policies.Scope, words: dict[str, Any]) -> HttpResponse:
    """Shows last month under the targets, or writes them down, as the button said."""
    # Times are typed as they stand on the colleague's wall.
    with timezone.override(zone_of(request.actor)):
        is_valid = form.is_valid()
    trial: WhatIf | None = None
    if is_valid and request.POST.get("act") == "trial":
        with refusals_shown_on(form):
            trial = queries.what_if(policies.ServiceTargets(**form.parts()), scope, request.actor)
    elif is_valid:
        with refusals_shown_on(form):
            services.change_policy(
                type=TYPE,
                value=form.parts(),
                scope=scope,
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.actor,
            )
            messages.success(request, _("The change is written down."))
            return redirect("conversations:targets")
    if trial is None:
        form.renew(words.get("newest", 0))
    return _page(request, form, words | {"trial": trial, "scope": scope_names([scope])[0]}, status=status_of(form))


def _words_of(policy_id: int) -> dict[str, Any]:
    """One scope: what applies, what is planned and how it came to be."""
    scope = policies.policy_version(policy_id, TYPE).scope
    now = clock.now()
    rows = policies.history(TYPE, scope=scope)
    current = next((row for row in rows if row.valid_from <= now), None)
    return {
        "scope": scope_names([scope])[0],
        "versions": rows,
        "current": current,
        "shown": current or rows[-1],
        "planned_ids": frozenset(row.pk for row in rows if row.valid_from > now),
        "newest": max(row.version for row in rows),
    }


def _page(request: Request, form: TargetsForm, words: dict[str, Any], *, status: int = 200) -> HttpResponse:
    floor = policies.version_in_force(PolicyType.SERVICE_FLOOR, at=clock.now())
    nothing: dict[str, Any] = {"trial": None, "scope_form": None, "versions": [], "current": None}
    context = nothing | {"form": form, "floor": floor} | words
    return render(request, "conversations/target.html", context, status=status)
