"""Who is to be written to now, and what a letter to them needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from haoke.accounts import queries as accounts
from haoke.channels import queries as channels
from haoke.core import clock
from haoke.notifications.choices import MailWish
from haoke.notifications.models import Correspondence, Notification
from haoke.notifications.rules import Circumstances, Waiting, is_digest_due, is_letter_due
from haoke.policies import queries as policies

# What waited longer, such as through a holiday, is read behind the bell.
LONGEST_WAIT = timedelta(days=3)
# An address that refused us is left in peace for so long.
REST_AFTER_REFUSAL = timedelta(days=30)


@dataclass(frozen=True)
class Reader:
    """A colleague to whom a letter is due at `at`; `is_digest` says that it is time for the summary."""

    id: int
    email: str
    is_due: bool
    is_digest: bool


def readers_to_write_to() -> list[int]:
    """The colleagues to whom a letter is due now; one query where nothing waits, else a handful."""
    now = clock.now()
    waiting = _waiting(now)
    return [each.id for each in _readers(waiting, now) if each.is_due]


def reader(staff_id: int) -> Reader | None:
    """The same question about one colleague; None where nothing waits or they left."""
    now = clock.now()
    waiting = _waiting(now, staff_id=staff_id)
    return next(iter(_readers(waiting, now)), None)


def undeliverable_since(email: str) -> datetime | None:
    """When our last mail to this address came back, so that none is sent for a while; None where it arrives."""
    return channels.came_back_at(email, since=clock.now() - REST_AFTER_REFUSAL)


def waiting_rows(now: datetime) -> QuerySet[Notification]:
    """What is wanted by mail, was neither read nor mailed, and is not too old."""
    fresh = Notification.objects.filter(is_covered=False, read_at=None, mailed_at=None, at__gt=now - LONGEST_WAIT)
    return fresh.exclude(mail=MailWish.NEVER)


def _waiting(now: datetime, *, staff_id: int | None = None) -> dict[int, Waiting]:
    found = waiting_rows(now)
    if staff_id is not None:
        found = found.filter(recipient_id=staff_id)
    rows = (
        found.order_by()
        .values_list("recipient_id")
        .annotate(at_once=Min("at", filter=Q(mail=MailWish.AT_ONCE)), digest=Min("at", filter=Q(mail=MailWish.DIGEST)))
    )
    return {pk: Waiting(at_once, digest) for pk, at_once, digest in rows}


def _readers(waiting: dict[int, Waiting], now: datetime) -> Iterable[Reader]:
    if not waiting:
        return
    calendar = policies.working_calendar()
    known = {each.staff_id: each for each in Correspondence.objects.filter(staff_id__in=waiting)}
    for colleague in accounts.colleagues(waiting).values():
        before = known.get(colleague.id) or Correspondence(staff_id=colleague.id)
        circumstances = _circumstances(before, calendar, ZoneInfo(colleague.time_zone or settings.TIME_ZONE), now)
        yield Reader(
            id=colleague.id,
            email=colleague.email,
            is_due=is_letter_due(waiting[colleague.id], circumstances),
            is_digest=is_digest_due(waiting[colleague.id], circumstances),
        )


def _circumstances(
    before: Correspondence, calendar: policies.WorkingCalendar, zone: ZoneInfo, now: datetime
) -> Circumstances:
    """Everybody keeps the house's hours, on the clock of their own wall."""
    theirs = replace(calendar, zone=zone)
    # A calendar without any hours cannot say when somebody rests.
    has_hours = bool(theirs.week)
    return Circumstances(
        now=now.astimezone(zone),
        is_working=not has_hours or policies.next_opening(now, theirs) == now,
        is_workday=not has_hours or policies.is_working_day(theirs.local_date(now), theirs),
        rhythm=before.rhythm,
        written_at=before.written_at,
        digested_at=before.digested_at.astimezone(zone) if before.digested_at else None,
    )
