"""How conversations lie in time: day by day, over the hours of the week, and how long the first response took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate

from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Measures, Message
from haoke.conversations.queries.measure_words import Period
from haoke.conversations.queries.measures import measures_of
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction

# Seconds up to which a first response belongs to a bucket; what took longer belongs to the last.
BUCKETS = (15 * 60, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 72 * 3600)


@dataclass(frozen=True)
class Day:
    """One day: what came, what was finished, and what was open when it ended."""

    on: date
    opened: int
    resolved: int
    open: int


def figures_by_day(actor: Actor, period: Period, zone: tzinfo, *, team_id: int | None = None) -> list[Day]:
    """Every day of the period on that wall clock; four queries. Raises Forbidden.

    Open at the end of a day is what was opened by then and finished, for the last time, only later or not yet.
    """
    actor.require("reports.view")
    counted = Measures.objects.filter(conversation__merged_into=None)
    if team_id is not None:
        counted = counted.filter(team_id=team_id)
    opened, resolved = (_by_day(counted, field, period, zone) for field in ("opened_at", "resolved_at"))
    is_open = counted.filter(opened_at__lt=period.start).count() - counted.filter(resolved_at__lt=period.start).count()
    found = []
    day, last = period.start.astimezone(zone).date(), (period.end - timedelta(microseconds=1)).astimezone(zone).date()
    while day <= last:
        is_open += opened.get(day, 0) - resolved.get(day, 0)
        found.append(Day(day, opened.get(day, 0), resolved.get(day, 0), is_open))
        day += timedelta(days=1)
    return found


def words_by_hour(actor: Actor, period: Period, zone: tzinfo, *, team_id: int | None = None) -> list[list[int]]:
    """How often customers wrote, by weekday (Monday first) and hour on that wall clock; one query. Raises Forbidden."""
    actor.require("reports.view")
    words = Message.objects.filter(
        period.holds("at"), direction=Direction.IN, kind__in=(MessageKind.MAIL, MessageKind.FORM), is_automatic=False
    )
    if team_id is not None:
        words = words.filter(conversation_id__in=Measures.objects.filter(team_id=team_id).values("pk"))
    week = [[0] * 24 for _weekday in range(7)]
    counted = words.values_list(ExtractIsoWeekDay("at", tzinfo=zone), ExtractHour("at", tzinfo=zone)).order_by()
    for weekday, hour, count in counted.annotate(count=Count("pk")):
        week[weekday - 1][hour] = count
    return week


def responses_by_length(actor: Actor, period: Period, *, team_id: int | None = None) -> Sequence[int]:
    """How many first responses of the period fell into each bucket of calendar time; one query. Raises Forbidden."""
    actor.require("reports.view")
    bucket = Case(
        *(When(first_response_seconds__lte=most, then=Value(place)) for place, most in enumerate(BUCKETS)),
        default=Value(len(BUCKETS)),
        output_field=IntegerField(),
    )
    answered = measures_of(period, team_id=team_id).filter(period.holds("first_response_at"))
    counts = dict(answered.annotate(bucket=bucket).values_list("bucket").order_by().annotate(count=Count("pk")))
    return [counts.get(place, 0) for place in range(len(BUCKETS) + 1)]


def _by_day(counted: QuerySet[Measures], field: str, period: Period, zone: tzinfo) -> dict[date, int]:
    found = counted.filter(period.holds(field)).values_list(TruncDate(field, tzinfo=zone)).order_by()
    return dict(found.annotate(count=Count("pk")))
