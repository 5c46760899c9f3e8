"""Calling colleagues by `@name` in an internal note: they hear of it, and follow the conversation from then on."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations import errors, events
from haoke.conversations.choices import FollowReason
from haoke.conversations.models import Conversation, Mention, Message
from haoke.conversations.queries import called_by, who_may_read
from haoke.conversations.services.followers import add_follower
from haoke.conversations.services.telling import tell
from haoke.core.actor import Actor


def note_mentions(conversation: Conversation, message: Message, *, by: Actor, at: datetime) -> None:
    """Reads whom a note calls; the caller holds the conversation locked.

    Raises MentionAmbiguous for a name that several bear, MentionUnfit for whoever could not read the note.
    """
    called, ambiguous = called_by(message.text)
    if ambiguous:
        raise errors.MentionAmbiguous(field="text", names=", ".join(ambiguous))
    others = [each for each in called if each.id != by.staff_id]
    readers = who_may_read(conversation.pk, (each.id for each in others)) if others else frozenset()
    unfit = [each.name for each in others if each.id not in readers]
    if unfit:
        raise errors.MentionUnfit(field="text", names=", ".join(unfit))
    Mention.objects.bulk_create([Mention(message=message, staff_id=each.id) for each in others])
    for each in others:
        tell(
            conversation,
            events.ColleagueMentioned,
            by=by,
            at=at,
            message_id=message.pk,
            staff_id=each.id,
            colleague=each.name,
        )
        add_follower(conversation, staff_id=each.id, name=each.name, reason=FollowReason.MENTIONED, by=by, at=at)
