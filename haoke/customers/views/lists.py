"""The customer list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import forms, queries
from haoke.customers.choices import CustomerKind, OwnerFilter, Sort


@require_safe
@needs("customers.view")
def index(request: Request) -> HttpResponse:
    wanted = forms.ListFilters(request.GET).wanted()
    sort = wanted["sort"] or Sort.NAME
    page = queries.customers_page(
        request.actor,
        search=wanted["q"],
        sort=sort,
        filters=queries.Filters(kind=wanted["kind"], owner=wanted["owner"], is_incomplete=bool(wanted["incomplete"])),
        after=wanted["after"],
        before=wanted["before"],
    )
    context = {
        "page": page,
        "wanted": wanted,
        "sort": sort,
        "kinds": [("", _("All kinds")), *CustomerKind.choices],
        "views": _views(request, wanted),
        "sort_urls": {each.value: _address(request, sort=each.value) for each in Sort},
        "previous_url": _address(request, before=page.before) if page.before else None,
        "next_url": _address(request, after=page.after) if page.after else None,
        "is_narrowed": any(wanted[name] for name in ("q", "kind", "owner", "incomplete")),
    }
    return render(request, "customers/list.html", context)


def _views(request: Request, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The four lists people ask for most, as tabs that keep the search."""
    tabs = [
        (_("All"), {}, not wanted["owner"] and not wanted["incomplete"]),
        (_("My customers"), {"owner": OwnerFilter.MINE.value}, wanted["owner"] == OwnerFilter.MINE),
        (_("Public pool"), {"owner": OwnerFilter.NONE.value}, wanted["owner"] == OwnerFilter.NONE),
        (_("To complete"), {"incomplete": "on"}, bool(wanted["incomplete"])),
    ]
    return [
        {
            "label": label,
            "url": _address(request, **({"owner": "", "incomplete": ""} | chosen)),
            "is_current": is_current,
        }
        for label, chosen, is_current in tabs
    ]


def _address(request: Request, **changes: str) -> str:
    """This list, asked for a little differently; another question begins on its first page."""
    asked = {name: request.GET[name] for name in request.GET if name not in ("after", "before")} | changes
    kept = {name: value for name, value in asked.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
