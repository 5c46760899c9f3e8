"""Search from everywhere (Ctrl-K): customers, conversations and pages, as one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from haoke.conversations import queries as conversations
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.web.places import places_named


@require_safe
@needs("worklist.view")
def search(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    actor = request.actor
    return render(
        request,
        "web/search.html",
        {
            "text": text,
            "hits": customers.search(text, actor) if text and actor.may("customers.view") else [],
            "places": places_named(text, actor) if text else [],
            "rows": conversations.search(text, actor) if text and actor.may("conversations.view") else [],
        },
    )
