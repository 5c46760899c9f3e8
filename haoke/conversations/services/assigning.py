"""Assigning a conversation to a colleague, a team, or back to nobody: the one door for an assignee."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.accounts import services as staff
from haoke.conversations import errors, events
from haoke.conversations.choices import AssignmentReason
from haoke.conversations.models import Assignment, Conversation
from haoke.conversations.services.accountability import follow_assignment
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def assign(
    *,
    conversation_id: int,
    assignee_id: int | None,
    team_id: int | None,
    version: int | None = None,
    reason: str = "",
    by: Actor,
) -> Conversation:
    """Says by hand who looks after a conversation, even beyond their capacity; `reason` is told to the receiver.

    Where somebody is accountable for it already, this begins a handover (METHODS B14).
    Raises Forbidden, NotFound, ReadOnly, VersionConflict, AssigneeUnfit.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    if (conversation.assignee_id, conversation.team_id) == (assignee_id, team_id):
        return conversation
    if team_id is not None and team_id not in accounts.team_names([team_id]):
        raise errors.AssigneeUnfit(field="team")
    if assignee_id is not None and not _may_take(assignee_id, team_id):
        raise errors.AssigneeUnfit(field="assignee")
    give(
        conversation,
        assignee_id=assignee_id,
        team_id=team_id,
        reason=AssignmentReason.BY_HAND,
        note=reason,
        by=by,
        at=now,
    )
    return conversation


def give(
    conversation: Conversation,
    *,
    assignee_id: int | None,
    team_id: int | None,
    reason: AssignmentReason,
    note: str = "",
    load: int | None = None,
    capacity: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Gives a conversation the caller holds locked to somebody, or to nobody, with everything that follows from it."""
    conversation.assignee_id, conversation.team_id = assignee_id, team_id
    save_changes(conversation, "assignee", "team", by=by)
    Assignment.objects.create(
        conversation=conversation,
        at=at,
        team_id=team_id,
        assignee_id=assignee_id,
        reason=reason,
        note=note.strip()[:500],
        load=load,
        capacity=capacity,
        **decided(by),
    )
    tell(
        conversation,
        events.ConversationAssigned,
        by=by,
        at=at,
        assignee_id=assignee_id,
        assignee=accounts.staff_names([assignee_id]).get(assignee_id or 0, "—"),
        team_id=team_id,
        team=accounts.team_names([team_id]).get(team_id or 0, ""),
        reason=reason.value,
        is_own=by.staff_id is not None and by.staff_id == assignee_id,
    )
    follow_assignment(conversation, reason=reason, note=note, by=by, at=at)


def take_by_answering(conversation: Conversation, *, by: Actor, at: datetime) -> None:
    """Whoever answers what nobody had looks after it from now on; the caller holds it locked."""
    if conversation.assignee_id is None and by.staff_id is not None:
        give(
            conversation,
            assignee_id=by.staff_id,
            team_id=conversation.team_id,
            reason=AssignmentReason.ANSWERED,
            by=by,
            at=at,
        )


def give_back_untouched(conversation: Conversation, *, assignee_id: int | None, by: Actor, at: datetime) -> None:
    """Puts a conversation back where it lay before an answer that was taken back; the caller holds it locked."""
    if conversation.assignee_id != assignee_id:
        give(
            conversation,
            assignee_id=assignee_id,
            team_id=conversation.team_id,
            reason=AssignmentReason.RECALLED,
            by=by,
            at=at,
        )


def _may_take(assignee_id: int, team_id: int | None) -> bool:
    """Whether a colleague answers for this team, and stays here at least until the caller is done."""
    return assignee_id in {each.id for each in accounts.assignable_staff(team_id)} and staff.hold_active(assignee_id)
