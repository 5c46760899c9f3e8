"""What became of our mails: sent is a touch, anything else is shown and asked about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.conversations import events
from haoke.conversations.models import Conversation, Message
from haoke.conversations.services.loading import announce
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.worklist.services import add_item, finish_items_of


@transaction.atomic
def note_delivery(*, outbound_id: int, outcome: str) -> None:
    """Takes note that a mail of ours was sent, refused, failed, or that nobody can know."""
    now = clock.now()
    message = Message.objects.select_for_update(of=("self",)).filter(outbound_id=outbound_id).first()
    if message is None:
        return
    conversation = Conversation.objects.get(pk=message.conversation_id)
    author = Actor(kind=message.author_kind, id=message.author_id, name=message.author_name)  # type: ignore[arg-type]
    if outcome == "sent":
        if message.sent_at is None:
            message.sent_at = now
            message.save(update_fields=["sent_at"])
            _tell_sent(conversation, message, author, now)
        finish_items_of(subject_kind="message", subject_id=message.pk, kinds=("mail_undelivered",), by=Actor.system())
    else:
        tell(conversation, events.DeliveryFailed, by=Actor.system(), at=now, message_id=message.pk, outcome=outcome)
        _ask_somebody(conversation, message, outcome)
    announce(conversation)


def _tell_sent(conversation: Conversation, message: Message, author: Actor, now: datetime) -> None:
    if message.is_automatic:
        purpose = message.purpose
        tell(conversation, events.AutomaticMailSent, by=author, at=now, message_id=message.pk, purpose=purpose)
    else:
        tell(conversation, events.MessageSent, by=author, at=now, message_id=message.pk)


def _ask_somebody(conversation: Conversation, message: Message, outcome: str) -> None:
    """An automatic mail that did not arrive is shown in the conversation; a person's reply is somebody's task."""
    if message.is_automatic:
        return
    add_item(
        kind="mail_undelivered",
        subject_kind="message",
        subject_id=message.pk,
        customer_id=conversation.customer_id,
        assignee_id=conversation.assignee_id or (message.author_id if message.author_kind == "staff" else None),
        team_id=conversation.team_id,
        details={"conversation_id": conversation.pk, "outcome": outcome},
    )
