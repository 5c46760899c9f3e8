"""The settings on one page: what each of them changes, and for whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.web.places import settings_of


@require_safe
@needs("worklist.view")
def settings(request: Request) -> HttpResponse:
    return render(request, "web/settings.html", {"groups": settings_of(request.actor)})
