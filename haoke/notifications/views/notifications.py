"""The list of notifications by day, and the bell that counts them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from haoke.core.paging import place_of
from haoke.core.ui import render
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, signed_in
from haoke.notifications import queries


@require_safe
@signed_in
def index(request: Request) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    place = place_of(request.GET.get("after", ""))
    page = queries.page_of(request.actor, only_unread=only_unread, place=place)
    context = {
        "days": _by_day(page.lines, request),
        "only_unread": only_unread,
        # Until when "all" goes: what comes in the meantime was not seen.
        "newest": page.lines[0].place.key if page.lines and place is None else "",
        "first_url": _address(only_unread) if place else None,
        "next_url": _address(only_unread, after=page.following.key) if page.following else None,
        "here": _address(only_unread, after=place.key if place else ""),
        "live_name": f"staff:{request.actor.staff_id}:notifications",
    }
    return render(request, "notifications/list.html", context)


@require_safe
@signed_in
def bell(request: Request) -> HttpResponse:
    """The bell alone, which the open pages fetch again when something is new."""
    return render(request, "notifications/bell.html", {"count": queries.unread_count(request.actor)})


def _by_day(lines: Iterable[queries.Line], request: Request) -> list[tuple[date, list[queries.Line]]]:
    zone = zone_of(request.actor)
    return [(day, list(each)) for day, each in groupby(lines, lambda line: line.at.astimezone(zone).date())]


def _address(only_unread: bool, *, after: str = "") -> str:
    words = {"show": "unread" if only_unread else "", "after": after}
    query = urlencode({name: value for name, value in words.items() if value})
    return f"{reverse('notifications:list')}?{query}" if query else reverse("notifications:list")
