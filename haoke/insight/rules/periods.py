"""Which days a span means, both ends included."""

from __future__ import annotations

from datetime import date, timedelta

from haoke.insight.choices import Span

LONGEST_DAYS = 366
_DAY = timedelta(days=1)


def days_of(span: str, today: date, *, since: date | None = None, until: date | None = None) -> tuple[date, date]:
    """The first and the last day; a span of one's own lacks neither end, runs forward and is no longer than a year."""
    if span == Span.WEEK:
        return today - today.weekday() * _DAY, today
    if span == Span.MONTH:
        return today.replace(day=1), today
    if span == Span.LAST_MONTH:
        last = today.replace(day=1) - _DAY
        return last.replace(day=1), last
    if span == Span.CUSTOM and (since or until):
        first, last = sorted((since or until or today, until or since or today))
        # Asked of the length, for a year before the first year there is no day.
        return first if last - first < LONGEST_DAYS * _DAY else last - (LONGEST_DAYS - 1) * _DAY, last
    return today - 29 * _DAY, today
