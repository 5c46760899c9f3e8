"""What a change of many conversations sets, as it is written down, and how long it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from haoke.conversations.choices import BulkAction, State, Urgency
from haoke.core.errors import Invalid
from haoke.core.text.numbers import number_in

MOST_CONVERSATIONS = 10_000
# So many are changed while one waits for the page; more of them change in the background.
MOST_AT_ONCE = 50
UNDO_WINDOW = timedelta(minutes=15)

STATES_TO_SET = (State.OPEN, State.WAITING, State.ON_HOLD, State.SOLVED)
NOBODY, AS_IT_IS = "-", "="


@dataclass(frozen=True)
class Target:
    """Whom conversations go to; `keeps_team` leaves each with the team it has."""

    assignee_id: int | None
    team_id: int | None = None
    keeps_team: bool = False

    def __str__(self) -> str:
        """Written as `7/3`: the colleague, then the team; `-` is nobody or none, `=` as it is."""
        team = AS_IT_IS if self.keeps_team else str(self.team_id or NOBODY)
        return f"{self.assignee_id or NOBODY}/{team}"


def target_of(written: str) -> Target:
    """The target somebody wrote down. Raises Invalid."""
    assignee, _separator, team = written.partition("/")
    return Target(_id_of(assignee), None if team == AS_IT_IS else _id_of(team), keeps_team=team == AS_IT_IS)


def check_bulk_change(action: str, value: str) -> None:
    """Whether this can be done to a conversation at all. Raises Invalid."""
    match action:
        case BulkAction.ASSIGN:
            target_of(value)
        case BulkAction.STATE if value not in STATES_TO_SET:
            raise Invalid(field="state")
        case BulkAction.URGENCY if value not in Urgency.values:
            raise Invalid(field="urgency")
        case BulkAction.CATEGORY | BulkAction.TAG | BulkAction.UNTAG if not value.strip():
            raise Invalid(field=str(action))
        case _ if action not in BulkAction.values:
            raise Invalid(field="action")


def ability_for(action: str) -> str:
    """What a colleague must be able to do for such a change."""
    is_marking = action in (BulkAction.URGENCY, BulkAction.CATEGORY, BulkAction.TAG, BulkAction.UNTAG)
    return "conversations.mark" if is_marking else "conversations.answer"


def _id_of(written: str) -> int | None:
    if written == NOBODY:
        return None
    found = number_in(written)
    if not found:
        raise Invalid(field="assignee")
    return found
