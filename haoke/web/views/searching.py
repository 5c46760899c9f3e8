"""Search from everywhere (Ctrl-K): customers and conversations, as one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haoke.conversations import queries as conversations
from haoke.core.ui import render
from haoke.core.ui.gate import needs
from haoke.customers import queries as customers


@require_safe
@needs("worklist.view")
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    actor = request.actor  # type: ignore[attr-defined]
    return render(
        request,
        "web/search.html",
        {
            "text": text,
            "hits": customers.search(text, actor) if text and actor.may("customers.view") else [],
            "rows": conversations.search(text, actor) if text and actor.may("conversations.view") else [],
        },
    )
