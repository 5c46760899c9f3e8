"""Deciding about a mail of ours that did not simply arrive, from the conversation it belongs to."""

from __future__ import annotations

from django.db import transaction

from haoke.channels import services as mail
from haoke.conversations.models import Message
from haoke.conversations.services.loading import locked_of_message
from haoke.core.actor import Actor
from haoke.core.errors import NotFound


@transaction.atomic
def settle_mail(*, message_id: int, was_sent: bool, by: Actor) -> Message:
    """Says whether an uncertain mail left; where it did not, it is sent again. Raises Forbidden, NotFound, ReadOnly."""
    by.require("conversations.answer")
    message = _own_mail(message_id, by)
    mail.settle_uncertain(message.outbound_id or 0, was_sent=was_sent, by=by)
    return message


@transaction.atomic
def send_again(*, message_id: int, by: Actor) -> Message:
    """Sends a failed or refused mail once more. Raises Forbidden, NotFound, ReadOnly."""
    by.require("conversations.answer")
    message = _own_mail(message_id, by)
    mail.try_again(message.outbound_id or 0, by=by)
    return message


def _own_mail(message_id: int, by: Actor) -> Message:
    message = Message.objects.filter(pk=message_id, outbound__isnull=False).first()
    if message is None:
        raise NotFound()
    locked_of_message(message, by)
    return message
