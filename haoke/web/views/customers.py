"""The customer's page: the archive, its conversations, and everything that happened, on one page (S0-02, S1-21)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from haoke.conversations import queries as conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.paging import cut, place_of
from haoke.core.ui import render
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.quality import queries as quality
from haoke.timeline import queries as timeline
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access

LINES_A_PAGE = 50
PERIOD = timedelta(days=365)


@require_safe
@needs("customers.view")
def customer(request: Request, number: str) -> HttpResponse:
    """Raises NotFound, also for a customer out of reach."""
    actor = request.actor
    profile = customers.profile(number, actor)
    note_access(
        kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=profile.id, customer_id=profile.id, by=actor
    )
    family = customers.family_ids(profile.id)
    found = timeline.customer_history(
        family,
        also={"conversation": conversations.identified_by_hand(family)},
        before=place_of(request.GET.get("before", "")),
        most=LINES_A_PAGE + 1,
        touches_only=request.GET.get("show") == "touches",
    )
    lines, following = cut(found, LINES_A_PAGE, lambda line: line.place)
    sees_conversations = actor.may("conversations.view")
    return render(
        request,
        "web/customer.html",
        {
            "profile": profile,
            "here": reverse("web:customer", args=[profile.number]),
            "continuity": _continuity(family, profile.created_at),
            "days": _days(lines, actor),
            "older": following.key if following else None,
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


def _continuity(family: list[int], known_since: datetime) -> timeline.Continuity:
    """Over the last twelve months, or since the archive was opened where that is less."""
    now = clock.now()
    return timeline.continuity(family, since=max(known_since, now - PERIOD), until=now)


def _days(lines: list[timeline.Line], actor: Actor) -> list[dict[str, Any]]:
    zone = zone_of(actor)
    return [
        {"at": day_lines[0].at, "entries": [{"line": each, "url": address_of(each)} for each in day_lines]}
        for day_lines in (
            list(group) for _day, group in groupby(lines, key=lambda line: line.at.astimezone(zone).date())
        )
    ]
