"""Operations: how far the search index has come, and making it anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import queries, services
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("operations.view")
def search_index(request: Request) -> HttpResponse:
    rebuilds = queries.search_rebuilds()
    running = next((each for each in rebuilds if each.is_running), None)
    return render(request, "web/operations/search_index.html", {"rebuilds": rebuilds, "running": running})


@require_POST
@needs("operations.change")
def rebuild(request: Request) -> HttpResponse:
    services.start_search_rebuild(by=request.actor)
    messages.success(request, _("The search index is being rebuilt. Searching and everything else goes on meanwhile."))
    return redirect("web:search_index")


@require_POST
@needs("operations.change")
def cancel(request: Request) -> HttpResponse:
    services.cancel_search_rebuild(by=request.actor)
    messages.success(request, _("Stopped. What was rebuilt stays; everything else is found as before."))
    return redirect("web:search_index")
