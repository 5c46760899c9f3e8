"""Giving somebody's open conversations back to the queue, as before they leave the house."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from haoke.accounts import queries as accounts
from haoke.conversations import events
from haoke.conversations.choices import AssignmentReason
from haoke.conversations.models import Conversation
from haoke.conversations.queries import UNFINISHED
from haoke.conversations.services.accountability import begin, open_handover_of
from haoke.conversations.services.assigning import give
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def release_work(*, staff_id: int, by: Actor) -> int:
    """Puts every unfinished conversation of a colleague back into their teams' queues; returns how many.

    They are no longer accountable for any. Where they had answered, a handover begins at once, so that the next one
    accepts it and the customer is told (METHODS B14). Raises Forbidden, NotFound for a colleague out of charge.
    """
    now = clock.now()
    by.require("routing.change")
    names = {each.id: each.name for each in accounts.staff_in_charge(by)}
    if staff_id not in names:
        raise NotFound()
    theirs = Q(assignee_id=staff_id) | Q(accountable_id=staff_id)
    # In one order, so that two who do this at once do not wait for each other.
    held = Conversation.objects.select_for_update(of=("self",)).filter(UNFINISHED, theirs).order_by("pk")
    count = 0
    for conversation in list(held):
        # What was handed on, and not yet accepted, is not theirs to answer for either.
        _let_go(conversation, staff_id)
        if conversation.assignee_id != staff_id:
            continue
        give(
            conversation,
            assignee_id=None,
            team_id=conversation.team_id,
            reason=AssignmentReason.RELEASED,
            by=by,
            at=now,
        )
        if conversation.first_responder_id is not None and open_handover_of(conversation) is None:
            begin(conversation, giver_id=staff_id, note="", by=by, at=now)
        count += 1
    if count:
        record(events.WorkReleased(staff_id=staff_id, name=names[staff_id], count=count), by=by, at=now)
    return count


def _let_go(conversation: Conversation, staff_id: int) -> None:
    if conversation.accountable_id == staff_id:
        conversation.accountable_id = None
        conversation.save(update_fields=["accountable"])
