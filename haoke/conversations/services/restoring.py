"""Putting a conversation back into the state it had before a change that was a mistake."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import events
from haoke.conversations.choices import ReopenReason, State
from haoke.conversations.models import Conversation
from haoke.conversations.services.loading import locked_conversation, save_changes
from haoke.conversations.services.reopening import reopen
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor


@transaction.atomic
def restore_state(*, conversation_id: int, state: str, version: int | None = None, by: Actor) -> Conversation:
    """Gives a conversation back the state it had, which may be one that nothing else leads to, such as new.

    What was closed is reopened as a closing taken back, which is told and counted apart from reopening.
    Raises Forbidden, NotFound, ReadOnly, VersionConflict, TransitionRefused.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    if conversation.state == State.CLOSED != state:
        reopen(conversation, reason=ReopenReason.TAKEN_BACK, note="", by=by, at=now)
    if conversation.state != state:
        old, conversation.state = conversation.state, state
        save_changes(conversation, "state", by=by)
        tell(conversation, events.StateChanged, by=by, at=now, old=old, new=state)
    return conversation
