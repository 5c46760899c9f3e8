"""Assigning a conversation to a colleague, a team, or back to nobody."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.conversations import errors, events
from haoke.conversations.models import Assignment, Conversation
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def assign(
    *, conversation_id: int, assignee_id: int | None, team_id: int | None, version: int | None = None, by: Actor
) -> Conversation:
    """Says who looks after a conversation. Raises Forbidden, NotFound, ReadOnly, VersionConflict, AssigneeUnfit."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    if team_id is not None and team_id not in accounts.team_names([team_id]):
        raise errors.AssigneeUnfit(field="team")
    if assignee_id is not None and assignee_id not in {each.id for each in accounts.assignable_staff(team_id)}:
        raise errors.AssigneeUnfit(field="assignee")
    if (conversation.assignee_id, conversation.team_id) == (assignee_id, team_id):
        return conversation
    conversation.assignee_id, conversation.team_id = assignee_id, team_id
    save_changes(conversation, "assignee", "team", by=by)
    Assignment.objects.create(
        conversation=conversation, at=now, team_id=team_id, assignee_id=assignee_id, **decided(by)
    )
    tell(
        conversation,
        events.ConversationAssigned,
        by=by,
        at=now,
        assignee_id=assignee_id,
        assignee=accounts.staff_names([assignee_id]).get(assignee_id or 0, "—"),
        team_id=team_id,
        team=accounts.team_names([team_id]).get(team_id or 0, ""),
    )
    return conversation
