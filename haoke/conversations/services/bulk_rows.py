"""One conversation of a change of many: what it was before, the ordinary service that changes it, and the way back."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import errors
from haoke.conversations.choices import BulkAction, BulkState, State
from haoke.conversations.models import BulkChange, BulkChangeRow, Conversation, Tagging
from haoke.conversations.rules import Target, target_of
from haoke.conversations.services.assigning import assign
from haoke.conversations.services.changing import change_state, set_category, set_urgency
from haoke.conversations.services.closing import close_conversation
from haoke.conversations.services.loading import locked_conversation
from haoke.conversations.services.restoring import restore_state
from haoke.conversations.services.tagging import add_tag, remove_tag
from haoke.core.actor import Actor
from haoke.core.errors import Refusal
from haoke.core.text.folding import fold


@transaction.atomic
def change_row(row_id: int, by: Actor) -> None:
    """Changes the conversation of a row nobody has touched yet; a refusal is noted and stops nothing else."""
    row = _locked_row(row_id, is_done=False, change__state=BulkState.RUNNING)
    if row is None:
        return
    row.is_done = True
    try:
        with transaction.atomic():
            conversation = locked_conversation(row.conversation_id, by)
            row.before = _present(conversation, row.change)
            if row.before != _wanted(conversation, row.change):
                _set(conversation, row.change, by)
                row.is_changed, row.version = True, _version(conversation)
    except Refusal as refusal:
        row.problem = refusal.code
    row.save(update_fields=["is_done", "is_changed", "before", "version", "problem"])


@transaction.atomic
def take_row_back(row_id: int, by: Actor) -> None:
    """Puts back what the row changed, unless somebody changed the conversation since."""
    row = _locked_row(row_id, is_changed=True, problem="")
    if row is None:
        return
    try:
        with transaction.atomic():
            conversation = locked_conversation(row.conversation_id, by)
            if conversation.version != row.version:
                raise errors.ChangedSince()
            _put_back(row, by)
            row.is_changed = False
    except Refusal as refusal:
        row.problem = refusal.code
    row.save(update_fields=["is_changed", "problem"])


def _locked_row(row_id: int, **still: object) -> BulkChangeRow | None:
    """The row, unless it was done meanwhile or is being done by another process."""
    rows = BulkChangeRow.objects.select_related("change").select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk=row_id, **still).first()


def _present(conversation: Conversation, change: BulkChange) -> str:
    """What the conversation has now, in the notation of `BulkChange.value`."""
    match change.action:
        case BulkAction.ASSIGN:
            return str(Target(conversation.assignee_id, conversation.team_id))
        case BulkAction.URGENCY:
            return conversation.urgency
        case BulkAction.CATEGORY:
            return conversation.category.code
        case BulkAction.TAG | BulkAction.UNTAG:
            tagging = Tagging.objects.filter(conversation=conversation, tag__folded=fold(change.value))
            return change.value if tagging.exists() else ""
    return conversation.state


def _wanted(conversation: Conversation, change: BulkChange) -> str:
    """What the conversation shall have, in the same notation."""
    match change.action:
        case BulkAction.ASSIGN:
            return str(_target(conversation, change))
        case BulkAction.CLOSE:
            return State.CLOSED
        case BulkAction.UNTAG:
            return ""
    return change.value


def _set(conversation: Conversation, change: BulkChange, by: Actor) -> None:
    match change.action:
        case BulkAction.ASSIGN:
            target = _target(conversation, change)
            assign(conversation_id=conversation.pk, assignee_id=target.assignee_id, team_id=target.team_id, by=by)
        case BulkAction.STATE:
            change_state(conversation_id=conversation.pk, state=change.value, by=by)
        case BulkAction.CLOSE:
            close_conversation(conversation_id=conversation.pk, reason=change.value, by=by)
        case BulkAction.URGENCY:
            set_urgency(conversation_id=conversation.pk, urgency=change.value, by=by)
        case BulkAction.CATEGORY:
            set_category(conversation_id=conversation.pk, category=change.value, by=by)
        case BulkAction.TAG:
            add_tag(conversation_id=conversation.pk, tag=change.value, by=by)
        case BulkAction.UNTAG:
            remove_tag(conversation_id=conversation.pk, tag=change.value, by=by)


def _put_back(row: BulkChangeRow, by: Actor) -> None:
    match row.change.action:
        case BulkAction.ASSIGN:
            before = target_of(row.before)
            assign(conversation_id=row.conversation_id, assignee_id=before.assignee_id, team_id=before.team_id, by=by)
        case BulkAction.STATE | BulkAction.CLOSE:
            restore_state(conversation_id=row.conversation_id, state=row.before, by=by)
        case BulkAction.URGENCY:
            set_urgency(conversation_id=row.conversation_id, urgency=row.before, by=by)
        case BulkAction.CATEGORY:
            set_category(conversation_id=row.conversation_id, category=row.before, by=by)
        case BulkAction.TAG:
            remove_tag(conversation_id=row.conversation_id, tag=row.change.value, by=by)
        case BulkAction.UNTAG:
            add_tag(conversation_id=row.conversation_id, tag=row.change.value, by=by)


def _target(conversation: Conversation, change: BulkChange) -> Target:
    target = target_of(change.value)
    return Target(target.assignee_id, conversation.team_id) if target.keeps_team else target


def _version(conversation: Conversation) -> int:
    return Conversation.objects.values_list("version", flat=True).get(pk=conversation.pk)
