"""What one is told of, and how: one's own choice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haoke.accounts import queries as accounts
from haoke.core.ui import render
from haoke.core.ui.form_refusals import status_of
from haoke.core.ui.gate import Request, signed_in
from haoke.notifications import forms, queries, services
from haoke.notifications.rules import GROUPS


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choices(request: Request) -> HttpResponse:
    if request.method == "POST":
        form = forms.Choices(request.POST)
        if form.is_valid():
            services.choose(wishes=form.wishes, rhythm=form.cleaned_data["rhythm"], by=request.actor)
            notices.success(request, _("From now on you are told what you chose."))
            return redirect("notifications:choices")
    else:
        form = forms.Choices(initial=_chosen(request))
    email = accounts.staff_member(request.actor.staff_id).email
    context = {
        "form": form,
        "groups": [
            (label, [(form[f"page_{kind}"], form[f"mail_{kind}"]) for kind in kinds]) for label, kinds in GROUPS
        ],
        "email": email,
        "undeliverable_since": queries.undeliverable_since(email),
    }
    return render(request, "notifications/choices.html", context, status=status_of(form))


def _chosen(request: Request) -> dict[str, Any]:
    staff_id = request.actor.staff_id or 0
    initial: dict[str, Any] = {"rhythm": queries.rhythm_of(staff_id)}
    for kind, wish in queries.wishes_of(staff_id).items():
        initial |= {f"page_{kind}": wish.in_page, f"mail_{kind}": wish.mail}
    return initial
