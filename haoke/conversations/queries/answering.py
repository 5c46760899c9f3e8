"""What somebody who writes an answer is offered: whom it goes to, and how long such a text usually takes."""

from __future__ import annotations

from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message
from haoke.conversations.rules import suggested_minutes as suggested
from haoke.core import clock
from haoke.policies import queries as policies
from haoke.timeline.choices import Direction


def answer_addresses(conversation: Conversation) -> list[str]:
    """Whom an answer goes to: who wrote last, where they want answers, else who the conversation began with."""
    last = (
        Message.objects.filter(conversation=conversation, direction=Direction.IN, kind=MessageKind.MAIL)
        .exclude(sender="")
        .order_by("is_automatic", "-at", "-pk")
        .first()
    )
    if last is not None:
        return [last.reply_to or last.sender]
    return [conversation.sender_address] if conversation.sender_address else []


def suggested_minutes(kind: str, text: str) -> int:
    """How many minutes a reply, note or call with this text usually takes, by today's policy."""
    return suggested(text, least=getattr(policies.as_of("minutes_suggested", at=clock.now()), kind))
