"""Telling a customer at once, at any hour, that their first mail arrived, and by when we answer (S0-63, S0-64)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from haoke.conversations.models import Conversation
from haoke.conversations.queries import language_of, promised_answer
from haoke.conversations.services.sending import send_automatic
from haoke.core.actor import Actor
from haoke.core.ui.formatting import format_appointment


def acknowledge(conversation: Conversation) -> None:
    """Sends the acknowledgement in the customer's language, if the mailbox does so; caps keep robots quiet."""
    channel = conversation.channel
    if channel is None or not channel.acknowledges:
        return
    language = language_of(conversation)
    with translation.override(language):
        send_automatic(
            conversation_id=conversation.pk,
            subject=conversation.subject,
            text=_acknowledgement(conversation, language),
            purpose="acknowledgement",
            by=Actor.system(),
        )


def _acknowledgement(conversation: Conversation, language: str) -> str:
    """Names the moment by which a person answers, where one is promised, as the clock on our wall shows it."""
    promised = promised_answer(conversation.pk)
    if promised is None or promised.due_at is None:
        return _(
            "Thank you for writing to us. Your message has arrived under the reference %(reference)s, and one of "
            "us will answer you personally. If there is anything to add, simply reply to this mail."
        ) % {"reference": conversation.reference}
    return _(
        "Thank you for writing to us. Your message has arrived under the reference %(reference)s, and one of "
        "us will answer you personally by %(when)s. If there is anything to add, simply reply to this mail."
    ) % {
        "reference": conversation.reference,
        "when": format_appointment(promised.due_at, language=language, zone=promised.calendar.zone),
    }
