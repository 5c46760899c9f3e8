"""What belongs to each list of the inbox, said as a condition; the kept counts answer in the same words."""

from __future__ import annotations

from django.db.models import Q

from haoke.conversations.choices import ClockState, InboxView, State
from haoke.conversations.models.conversations import UNFINISHED
from haoke.core.actor import Actor

# What was merged is told by the conversation it went into.
STANDS_FOR_ITSELF = Q(merged_into=None)
# In the very words of the indexes that keep the lists fast.
AT_WORK = Q(state__in=UNFINISHED) & STANDS_FOR_ITSELF


def in_view(view: str, actor: Actor, *, shows_snoozed: bool = False) -> Q:
    """What a list holds among the conversations within reach; whether they are finished is said elsewhere.

    What is snoozed stays in its own list, unless `shows_snoozed`.
    """
    if view == InboxView.SNOOZED:
        return Q(snoozed_until__isnull=False)
    return _own_part(view, actor) & (Q() if shows_snoozed else Q(snoozed_until=None))


def in_view_as_counted(view: str, actor: Actor) -> Q:
    """What a list holds of unfinished conversations, in the columns of the kept counts."""
    return _own_part(view, actor) & Q(state__in=UNFINISHED, is_snoozed=view == InboxView.SNOOZED)


def _own_part(view: str, actor: Actor) -> Q:
    match view:
        case InboxView.MINE:
            # A program is nobody's colleague and has no list of its own.
            return Q(assignee_id=actor.staff_id, assignee_id__isnull=False)
        case InboxView.UNASSIGNED:
            return Q(assignee_id=None) & _of_own_teams(actor)
        case InboxView.WAITING:
            return Q(state=State.WAITING)
        case InboxView.DUE_SOON:
            return Q(clock_state=ClockState.DUE_SOON)
        case InboxView.OVERDUE:
            return Q(clock_state=ClockState.OVERDUE)
    return Q()


def _of_own_teams(actor: Actor) -> Q:
    """What one's own teams and nobody's team have to do; everybody's, for who belongs to none."""
    return Q(team_id=None) | Q(team_id__in=actor.team_ids) if actor.team_ids else Q()
