"""Telling a customer at once, at any hour, that their first mail arrived (S0-63)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from haoke.conversations.models import Conversation
from haoke.conversations.queries import language_of
from haoke.conversations.services.sending import send_automatic
from haoke.core.actor import Actor


def acknowledge(conversation: Conversation) -> None:
    """Sends the acknowledgement in the customer's language, if the mailbox does so; caps keep robots quiet."""
    channel = conversation.channel
    if channel is None or not channel.acknowledges:
        return
    with translation.override(language_of(conversation)):
        send_automatic(
            conversation_id=conversation.pk,
            subject=conversation.subject,
            text=_(
                "Thank you for writing to us. Your message has arrived under the reference %(reference)s, and one of "
                "us will answer you personally. If there is anything to add, simply reply to this mail."
            )
            % {"reference": conversation.reference},
            purpose="acknowledgement",
            by=Actor.system(),
        )
