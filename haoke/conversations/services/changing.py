"""Urgency, category and the states between new and closed."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import events, rules
from haoke.conversations.choices import State, Urgency
from haoke.conversations.models import Conversation
from haoke.conversations.queries import category_by_code
from haoke.conversations.services.loading import locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Invalid


@transaction.atomic
def change_state(*, conversation_id: int, state: str, version: int | None = None, by: Actor) -> Conversation:
    """Says how a conversation stands while it is worked on; closing and reopening are acts of their own.

    Raises Forbidden, NotFound, ReadOnly, VersionConflict, Invalid, TransitionRefused.
    """
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    if conversation.state == State.CLOSED:
        raise Invalid(field="state")
    if state == conversation.state:
        return conversation
    if state not in (State.OPEN, State.WAITING, State.ON_HOLD, State.SOLVED):
        raise Invalid(field="state")
    rules.check_transition(conversation.state, state)
    old, conversation.state = conversation.state, state
    save_changes(conversation, "state", by=by)
    tell(conversation, events.StateChanged, by=by, at=now, old=old, new=state)
    return conversation


@transaction.atomic
def set_urgency(*, conversation_id: int, urgency: str, version: int | None = None, by: Actor) -> Conversation:
    """Raises Forbidden, NotFound, ReadOnly, VersionConflict, Invalid."""
    now = clock.now()
    by.require("conversations.mark")
    conversation = locked_conversation(conversation_id, by, version=version)
    if urgency not in Urgency.values:
        raise Invalid(field="urgency")
    if urgency == conversation.urgency:
        return conversation
    old, conversation.urgency = conversation.urgency, urgency
    save_changes(conversation, "urgency", by=by)
    tell(conversation, events.UrgencySet, by=by, at=now, old=old, new=urgency)
    return conversation


@transaction.atomic
def set_category(*, conversation_id: int, category: str, version: int | None = None, by: Actor) -> Conversation:
    """Files the conversation under a category and so in its phase of service (S0-11).

    Raises Forbidden, NotFound, ReadOnly, VersionConflict.
    """
    now = clock.now()
    by.require("conversations.mark")
    conversation = locked_conversation(conversation_id, by, version=version)
    found = category_by_code(category)
    if found.pk == conversation.category_id:
        return conversation
    conversation.category = found
    save_changes(conversation, "category", by=by)
    tell(
        conversation,
        events.CategorySet,
        by=by,
        at=now,
        category_id=found.pk,
        category=f"{found.name_zh} / {found.name_en}",
        phase=found.phase,
    )
    return conversation
