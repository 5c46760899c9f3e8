"""The inbox: one list that refreshes while one looks at it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.conversations import queries
from haoke.conversations.choices import State
from haoke.core.paging import place_of
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs

VIEWS = ("all", "mine", "unassigned", "team")


@require_safe
@needs("conversations.view")
def inbox(request: Request) -> HttpResponse:
    wanted = queries.InboxFilter(
        view=request.GET.get("view", "all") if request.GET.get("view") in VIEWS else "all",
        state=request.GET.get("state", "unfinished"),
        text=request.GET.get("q", "").replace("\0", "").strip()[:100],
    )
    page = queries.inbox_page(request.actor, wanted, place=place_of(request.GET.get("after", "")))
    return render(
        request,
        "conversations/inbox.html",
        {
            "page": page,
            "wanted": wanted,
            "views": [
                {"label": label, "url": _address(wanted, view=code), "is_current": wanted.view == code}
                for code, label in zip(VIEWS, (_("All"), _("Mine"), _("Unassigned"), _("My teams")), strict=True)
            ],
            "states": [("unfinished", _("Unfinished")), ("any", _("Any state")), *State.choices],
            "next_url": _address(wanted, after=page.following.key) if page.following else None,
            "first_url": _address(wanted) if request.GET.get("after") else None,
        },
    )


def _address(wanted: queries.InboxFilter, **changes: str) -> str:
    words = {"view": wanted.view, "state": wanted.state, "q": wanted.text, **changes}
    return f"{reverse('conversations:inbox')}?{urlencode({name: value for name, value in words.items() if value})}"
