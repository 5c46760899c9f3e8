"""How far a change of many conversations has come, and what refused it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from haoke.conversations import rules
from haoke.conversations.choices import BulkAction, BulkState
from haoke.conversations.models import BulkChange, BulkChangeRow
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound

MOST_REFUSED_SHOWN = 200


@dataclass(frozen=True)
class RefusedRow:
    """A conversation that stayed as it was, and the code of the refusal."""

    conversation_id: int
    problem: str


@dataclass(frozen=True)
class BulkProgress:
    """`changed` counts what stands changed now, `unchanged` what was so already, `taken_back` what was put back."""

    change: BulkChange
    changed: int
    unchanged: int
    taken_back: int
    refused_count: int
    left: int
    refused: list[RefusedRow]

    @property
    def is_running(self) -> bool:
        return self.change.state in (BulkState.RUNNING, BulkState.UNDOING)

    @property
    def done(self) -> int:
        return self.change.total - self.left

    @property
    def may_be_taken_back(self) -> bool:
        return self.change.undone_at is None and clock.now() <= self.change.at + rules.UNDO_WINDOW


def bulk_progress(change_id: int, actor: Actor) -> BulkProgress:
    """One's own change, in three queries. Raises NotFound."""
    change = BulkChange.objects.filter(pk=change_id, staff_id=actor.staff_id or 0).first()
    if change is None:
        raise NotFound()
    rows = BulkChangeRow.objects.filter(change=change)
    is_undone = change.state in (BulkState.UNDOING, BulkState.UNDONE)
    counts = rows.aggregate(
        changed=Count("pk", filter=Q(is_changed=True)),
        taken_back=Count("pk", filter=Q(is_changed=False, version__isnull=False)),
        unchanged=Count("pk", filter=Q(is_done=True, version=None, problem="")),
        refused_count=Count("pk", filter=~Q(problem="")),
        left=Count("pk", filter=Q(is_changed=True, problem="") if is_undone else Q(is_done=False)),
    )
    refused = rows.exclude(problem="").order_by("conversation_id")
    return BulkProgress(
        change,
        **counts,
        refused=[RefusedRow(*row) for row in refused.values_list("conversation_id", "problem")[:MOST_REFUSED_SHOWN]],
    )


def may_be_taken_back_until(conversation_id: int) -> datetime | None:
    """Until when a closing of many at once may still be taken back; None for one that stands."""
    row = (
        BulkChangeRow.objects.filter(
            conversation_id=conversation_id,
            is_changed=True,
            change__action=BulkAction.CLOSE,
            change__undone_at=None,
            change__at__gte=clock.now() - rules.UNDO_WINDOW,
        )
        .select_related("change")
        .order_by("-pk")
        .first()
    )
    return row.change.at + rules.UNDO_WINDOW if row else None
