"""Every read of notifications."""

from haoke.notifications.queries.audiences import Audience, audience_of
from haoke.notifications.queries.letters import (
    reader,
    readers_to_write_to,
    undeliverable_since,
    waiting_rows,
)
from haoke.notifications.queries.lines import (
    MOST_COUNTED,
    PAGE_SIZE,
    Line,
    Page,
    address_of,
    lines_of,
    page_of,
    unread,
    unread_count,
    within_reach,
)
from haoke.notifications.queries.wishes import rhythm_of, wishes_for, wishes_of

__all__ = [
    "MOST_COUNTED",
    "PAGE_SIZE",
    "Audience",
    "Line",
    "Page",
    "address_of",
    "audience_of",
    "lines_of",
    "page_of",
    "reader",
    "readers_to_write_to",
    "rhythm_of",
    "undeliverable_since",
    "unread",
    "unread_count",
    "waiting_rows",
    "wishes_for",
    "wishes_of",
    "within_reach",
]
