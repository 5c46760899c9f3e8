"""The customer's page: the archive, its conversations, and everything that happened, on one page (S0-02, S1-21)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from haoke.conversations import queries as conversations
from haoke.core.ui import render
from haoke.core.ui.gate import needs
from haoke.customers import queries as customers
from haoke.quality import queries as quality
from haoke.timeline import queries as timeline

LINES_A_PAGE = 50


@require_safe
@needs("customers.view")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """Raises NotFound, also for a customer out of reach."""
    actor = request.actor  # type: ignore[attr-defined]
    profile = customers.profile(number, actor)
    family = customers.family_ids(profile.id)
    lines = timeline.customer_history(
        family,
        also={"conversation": conversations.identified_by_hand(family)},
        before=_place(request.GET.get("before", "")),
        most=LINES_A_PAGE + 1,
        touches_only=request.GET.get("show") == "touches",
    )
    sees_conversations = actor.may("conversations.view")
    return render(
        request,
        "web/customer.html",
        {
            "profile": profile,
            "here": reverse("web:customer", args=[profile.number]),
            "days": _days(lines[:LINES_A_PAGE], actor),
            "older": _key(lines[LINES_A_PAGE - 1]) if len(lines) > LINES_A_PAGE else None,
            "is_first_page": "before" not in request.GET,
            "touches_only": request.GET.get("show") == "touches",
            "conversations": conversations.rows_of_customers(family, actor) if sees_conversations else [],
            "answers": quality.answers_of_customers(family, actor) if actor.may("quality.view") else [],
        },
    )


def address_of(line: timeline.Line) -> str | None:
    """Where a line of the timeline leads, as far as a page exists for its subject."""
    if line.subject_kind == "conversation" and line.subject_id:
        return reverse("conversations:conversation", args=[line.subject_id])
    return None


def _days(lines: list[timeline.Line], actor: Any) -> list[dict[str, Any]]:
    zone = ZoneInfo(actor.time_zone or settings.TIME_ZONE)
    return [
        {"at": day_lines[0].at, "entries": [{"line": each, "url": address_of(each)} for each in day_lines]}
        for day_lines in (
            list(group) for _day, group in groupby(lines, key=lambda line: line.at.astimezone(zone).date())
        )
    ]


def _key(line: timeline.Line) -> str:
    return f"{line.at.timestamp():.6f}_{line.id}"


def _place(key: str) -> tuple[datetime, int] | None:
    at, _separator, entry_id = key.partition("_")
    try:
        return datetime.fromtimestamp(float(at), UTC), int(entry_id)
    except (ValueError, OverflowError, OSError):
        return None
