"""Saying whether one takes work, from the small control that stands on every page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from haoke.accounts import forms, services
from haoke.core.errors import Invalid
from haoke.core.ui.gate import Request, needs, signed_in
from haoke.core.ui.returning import page_before


@require_POST
@needs("conversations.answer")
def presence(request: Request) -> HttpResponse:
    form = forms.PresenceChoice(request.POST)
    if not form.is_valid():
        raise Invalid(field="state")
    services.set_presence(state=form.cleaned_data["state"], by=request.actor)
    return redirect(page_before(request))


@require_POST
@signed_in
def sign_of_life(request: Request) -> HttpResponse:
    """Somebody moves at an open page; the edge has noted it by now, as for every request people make."""
    return HttpResponse(status=204)
