"""When a letter with what is new goes to a colleague: never twice in a row, and a summary only in working hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from haoke.notifications.choices import Rhythm

# Whoever sits in front of the page has read it by then.
TIME_TO_READ = timedelta(minutes=10)
# Even "at once" gathers what happens together, and leaves a pause after a letter.
TIME_TO_GATHER = timedelta(minutes=1)
PAUSE = timedelta(minutes=5)
HOUR = timedelta(hours=1)
MORNING = time(8, 30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since when the oldest notification waits that is wanted at once, and the oldest for the summary."""

    at_once_since: datetime | None = None
    digest_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How it stands with a reader: what the time is on their wall, whether they work, and when they were written to."""

    now: datetime
    is_working: bool
    is_workday: bool
    rhythm: str = Rhythm.HOURLY
    written_at: datetime | None = None
    digested_at: datetime | None = None


def is_letter_due(waiting: Waiting, reader: Circumstances) -> bool:
    """Whether a letter is to be written now; it then carries everything that waits."""
    since = waiting.at_once_since
    if since is not None and reader.now - since >= TIME_TO_GATHER and _has_passed(PAUSE, reader.written_at, reader.now):
        return True
    return is_digest_due(waiting, reader)


def is_digest_due(waiting: Waiting, reader: Circumstances) -> bool:
    """Whether it is time for the summary."""
    if waiting.digest_since is None or reader.now - waiting.digest_since < TIME_TO_READ:
        return False
    if reader.rhythm == Rhythm.DAILY:
        is_first = reader.digested_at is None or reader.digested_at.date() < reader.now.date()
        return reader.is_workday and reader.now.time() >= MORNING and is_first
    return reader.is_working and _has_passed(HOUR, reader.digested_at, reader.now)


def _has_passed(span: timedelta, since: datetime | None, now: datetime) -> bool:
    return since is None or now - since >= span
