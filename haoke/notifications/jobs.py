"""How notifications react to facts, write letters and are forgotten."""

from __future__ import annotations

from haoke.core.queue import defer_once, job, periodic
from haoke.notifications import queries, services
from haoke.timeline.reactions import Happened


def notify(happened: Happened) -> None:
    """Something happened that may concern somebody."""
    services.notify(entry_id=happened.entry_id)


@periodic("* * * * *", name="notifications.look_for_letters")
def look_for_letters() -> None:
    """Every minute: one job for each colleague to whom a letter is due."""
    for staff_id in queries.readers_to_write_to():
        defer_once("notifications.write_letter", key=f"notifications.write_letter:{staff_id}", staff_id=staff_id)


@job("notifications.write_letter", queue="mail")
def write_letter(staff_id: int) -> None:
    services.write_letter(staff_id=staff_id)


@periodic("41 3 * * *", name="notifications.sweep")
def sweep() -> None:
    services.sweep()
