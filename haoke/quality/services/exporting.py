"""Taking answers out of the house: who may, and that it was done."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts.choices import Role
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.quality import errors, events
from haoke.quality.queries import AnswerFilter, AnswerRow, answer_rows
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access, record

MOST_ROWS = 50_000


@transaction.atomic
def export_answers(*, wanted: AnswerFilter, by: Actor) -> list[AnswerRow]:
    """The answers within the actor's reach, the latest first, at most `MOST_ROWS`; the export itself is recorded.

    Raises Forbidden, ExportForbidden for quality managers, who read everything and take nothing away (RULINGS).
    """
    now = clock.now()
    by.require("quality.view")
    if Role.QUALITY_MANAGER in by.roles:
        raise errors.ExportForbidden()
    rows = answer_rows(by, wanted, most=MOST_ROWS)
    record(events.AnswersExported(staff_id=by.staff_id, days=wanted.days, row_count=len(rows)), by=by, at=now)
    note_access(kind=AccessKind.EXPORT, subject_kind="satisfaction", by=by)
    return rows
