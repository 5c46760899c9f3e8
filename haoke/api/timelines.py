"""What happened with a customer, in JSON: the one read that needs several domains, and so lives in the shell."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema

from haoke.conversations import queries as conversations
from haoke.core.errors import Invalid
from haoke.core.paging import cut, place_of
from haoke.core.shapes import Key, problems
from haoke.core.ui.gate import Request
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
def list_timeline(request: Request, number: Key, show: Literal["all", "touches"] = "all", before: Key = "") -> Any:
    actor = request.actor
    actor.require("customers.view")
    place = place_of(before)
    # An unknown place would be the first page, and a program that begins again never comes to the end.
    if before and place is None:
        raise Invalid(field="before")
    family = customers.family_ids(customers.customer_by_number(number, actor).pk)
    found = timeline.customer_history(
        family,
        also={"conversation": conversations.identified_by_hand(family)},
        before=place,
        most=LINES_A_PAGE + 1,
        touches_only=show == "touches",
    )
    lines, following = cut(found, LINES_A_PAGE, lambda line: line.place)
    return TimelinePage(items=[_fact(line) for line in lines], before=following.key if following else None)


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
