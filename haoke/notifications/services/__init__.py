"""Every change to notifications. Nobody calls `notify` but the reactions named in the wiring."""

from haoke.notifications.services.choosing import choose
from haoke.notifications.services.notifying import notify
from haoke.notifications.services.reading import mark_all_read, mark_read, mark_seen, mark_unread, undo_all_read
from haoke.notifications.services.sweeping import sweep
from haoke.notifications.services.writing import write_letter

__all__ = [
    "choose",
    "mark_all_read",
    "mark_read",
    "mark_seen",
    "mark_unread",
    "notify",
    "sweep",
    "undo_all_read",
    "write_letter",
]
