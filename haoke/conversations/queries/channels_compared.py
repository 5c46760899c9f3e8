"""The same kind of request on different channels, as plain numbers for whoever compares them (S1-28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, FloatField, Q, StdDev
from django.utils.translation import get_language

from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Measures
from haoke.conversations.queries.measure_words import Period
from haoke.conversations.queries.measures import Part, measures_of
from haoke.core.actor import Actor


@dataclass(frozen=True)
class ChannelCell:
    """One category on one channel: conversations that began in the period, and how they were answered."""

    category_id: int
    category: str
    channel: str
    n: int
    # Working seconds to the first response, with the deviation of a sample.
    response_n: int
    response_mean: float | None
    response_deviation: float | None
    one_touch_n: int
    solved_n: int

    @property
    def channel_label(self) -> str:
        return str(MessageKind(self.channel).label)

    @property
    def one_touch(self) -> Part:
        return Part(self.one_touch_n, self.solved_n)


def by_category_and_channel(actor: Actor, period: Period, *, team_id: int | None = None) -> list[ChannelCell]:
    """Every category by every channel on which it came, in the order of the categories; one query. Raises Forbidden."""
    actor.require("reports.view")
    name = (
        "conversation__category__name_zh"
        if (get_language() or "").startswith("zh")
        else "conversation__category__name_en"
    )
    seconds = "first_response_business_seconds"
    began = measures_of(period, team_id=team_id).filter(period.holds("opened_at")).exclude(came_by="")
    cells = (
        began.values_list("conversation__category_id", name, "came_by")
        .annotate(
            count=Count("pk"),
            response_n=Count(seconds),
            response_mean=Avg(seconds, output_field=FloatField()),
            response_deviation=StdDev(seconds, sample=True, output_field=FloatField()),
            one_touch=Count("pk", filter=Q(resolved_at__isnull=False, messages_out=1, reopenings=0)),
            solved=Count("pk", filter=Q(resolved_at__isnull=False, messages_out__gt=0)),
        )
        .order_by("conversation__category__position", "conversation__category_id", "came_by")
    )
    return [ChannelCell(*row) for row in cells]


def how_they_came(conversation_ids: Iterable[int], *, team_id: int | None = None) -> dict[int, tuple[int, str]]:
    """For each of these conversations its category and the channel of its first word; one query."""
    found = Measures.objects.filter(pk__in=list(conversation_ids), conversation__merged_into=None)
    if team_id is not None:
        found = found.filter(team_id=team_id)
    return {
        pk: (category_id, came_by)
        for pk, category_id, came_by in found.values_list("pk", "conversation__category_id", "came_by")
    }
