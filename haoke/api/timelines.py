"""What happened with a customer, in JSON: the one read that needs several domains, and so lives in the shell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from haoke.conversations import queries as conversations
from haoke.core.errors import Invalid
from haoke.core.shapes import Key, problems
from haoke.customers import queries as customers
from haoke.timeline import queries as timeline
from haoke.timeline.choices import Direction, TouchChannel

LINES_A_PAGE = 50

router = Router()


class TouchOut(Schema):
    """A contact with the customer that happened: how it travelled, and who began it."""

    channel: TouchChannel
    direction: Direction


class FactOut(Schema):
    """One fact; `sentence` tells it in the language the request accepts, `kind` is for programs."""

    id: int
    kind: str
    at: datetime
    sentence: str
    by: str
    subject_kind: str
    subject_id: int | None
    touch: TouchOut | None


class TimelinePage(Schema):
    """Newest first; `before` continues the list, none on the last page."""

    items: list[FactOut]
    before: str | None


@router.get("/{number}/timeline", response={200: TimelinePage, **problems(404)}, operation_id="listTimeline")
def list_timeline(request: HttpRequest, number: Key, show: Literal["all", "touches"] = "all", before: Key = "") -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    actor.require("customers.view")
    family = customers.family_ids(customers.customer_by_number(number, actor).pk)
    lines = timeline.customer_history(
        family,
        also={"conversation": conversations.identified_by_hand(family)},
        before=_place(before),
        most=LINES_A_PAGE + 1,
        touches_only=show == "touches",
    )
    page = lines[:LINES_A_PAGE]
    return TimelinePage(items=[_fact(line) for line in page], before=_key(page[-1]) if len(lines) > len(page) else None)


def _fact(line: timeline.Line) -> FactOut:
    return FactOut(
        id=line.id,
        kind=line.kind,
        at=line.at,
        sentence=line.sentence,
        by=line.by,
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        touch=TouchOut(channel=TouchChannel(line.channel), direction=Direction(line.direction))
        if line.is_touch
        else None,
    )


def _key(line: timeline.Line) -> str:
    return f"{line.at.timestamp():.6f}_{line.id}"


def _place(key: str) -> tuple[datetime, int] | None:
    """Raises Invalid: a program that begins again by mistake would never come to the end."""
    if not key:
        return None
    at, _separator, entry_id = key.partition("_")
    try:
        return datetime.fromtimestamp(float(at), UTC), int(entry_id)
    except (ValueError, OverflowError, OSError) as error:
        raise Invalid(field="before") from error
