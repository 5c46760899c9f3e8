"""Taking a table of a report out of the house: who may, and that it was done."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts.choices import Role
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.insight import errors, events
from haoke.insight.queries import Wanted
from haoke.timeline.services import record


@transaction.atomic
def export_report(*, table: str, wanted: Wanted, by: Actor) -> None:
    """Records that a table was exported; the caller writes the file from the same queries as the page.

    Raises Forbidden, ExportForbidden for quality managers, who read everything and take nothing away (RULINGS).
    """
    now = clock.now()
    by.require("reports.view")
    if Role.QUALITY_MANAGER in by.roles:
        raise errors.ExportForbidden()
    fact = events.ReportExported(
        staff_id=by.staff_id, table=table, first=wanted.first.isoformat(), last=wanted.last.isoformat()
    )
    record(fact, by=by, at=now)
