"""Search from everywhere (Ctrl-K): conversations by what was said in them, customers and pages, as one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.accounts.queries import OPENED_ACCESS
from haoke.conversations import queries as conversations
from haoke.core.actor import Actor
from haoke.core.paging import place_of
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access
from haoke.web.places import places_named

LONGEST = 500
# So many of each kind beside the others, and so many where one kind has the page to itself.
BESIDE_OTHERS, ALONE = 5, 50


@require_safe
@needs("worklist.view")
def search(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    scopes = _scopes(request.actor)
    scope = request.GET.get("in", "")
    scope = scope if scope in scopes else ""
    return render(
        request,
        "web/search.html",
        {
            "text": text,
            "scope": scope,
            "tabs": [
                {"label": label, "url": address(text, each), "is_current": each == scope}
                for each, label in scopes.items()
            ],
            "address": address,
            **_found(request, text, scope),
        },
    )


def address(text: str, scope: str = "", after: str = "") -> str:
    """The query part of a search's address."""
    return "?" + urlencode({name: value for name, value in (("q", text), ("in", scope), ("after", after)) if value})


def _scopes(actor: Actor) -> dict[str, str]:
    scopes = {"": _("Everything")}
    if actor.may("conversations.view"):
        scopes["conversations"] = _("Conversations")
    if actor.may("customers.view"):
        scopes["customers"] = _("Customers")
    return scopes | {"pages": _("Pages")}


def _found(request: Request, text: str, scope: str) -> dict[str, Any]:
    actor = request.actor
    found: dict[str, Any] = {"page": None, "hits": [], "places": [], "rebuild": None}
    if not text:
        return found
    if actor.may(OPENED_ACCESS):
        note_access(kind=AccessKind.SEARCH, by=actor)
    if scope in ("", "conversations") and actor.may("conversations.view"):
        place = place_of(request.GET.get("after", "")) if scope else None
        most = {} if scope else {"most": BESIDE_OTHERS}
        found["page"] = conversations.search_conversations(text, actor, place=place, **most)
        found["is_first"] = place is None
        found["rebuild"] = conversations.running_search_rebuild()
    # Filters speak of conversations: beside them no customer can be meant.
    asks_for_conversations = found["page"] is not None and bool(found["page"].query.filters)
    if scope in ("", "customers") and actor.may("customers.view") and not asks_for_conversations:
        found["hits"] = customers.search(text, actor, ALONE if scope else BESIDE_OTHERS)
    if scope in ("", "pages"):
        found["places"] = places_named(text, actor)
    return found
