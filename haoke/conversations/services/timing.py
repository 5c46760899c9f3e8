"""Correcting how many minutes a reply, a note or a call took."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import events
from haoke.conversations.models import Message
from haoke.conversations.services.loading import announce, locked_of_message
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.ledger.queries import minutes_of
from haoke.ledger.services import correct_minutes as correct


@transaction.atomic
def correct_minutes(*, message_id: int, minutes: int, by: Actor) -> Message:
    """Puts the right minutes beside the ones that stood there (S2-41).

    Raises Forbidden, NotFound (also for what the customer wrote), ReadOnly, ImplausibleMinutes.
    """
    now = clock.now()
    by.require("conversations.answer")
    message = Message.objects.filter(pk=message_id, is_automatic=False, author_kind__in=("staff", "token")).first()
    if message is None:
        raise NotFound()
    conversation = locked_of_message(message, by)
    old = minutes_of("message", message.pk)
    if old == minutes:
        return message
    entry_id = tell(conversation, events.MinutesCorrected, by=by, at=now, message_id=message.pk, old=old, new=minutes)
    correct(
        minutes=minutes,
        entry_id=entry_id,
        customer_id=conversation.customer_id,
        subject_kind="message",
        subject_id=message.pk,
        by=by,
    )
    announce(conversation)
    return message
