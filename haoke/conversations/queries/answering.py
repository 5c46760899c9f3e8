"""What somebody who writes an answer is offered: whom it goes to, and how long such a text usually takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haoke.channels import queries as channels
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries.family import family_ids, merged_root
from haoke.conversations.rules import everybody_else
from haoke.conversations.rules import suggested_minutes as suggested
from haoke.core import clock
from haoke.core.errors import NotFound
from haoke.policies import queries as policies
from haoke.timeline.choices import Direction


@dataclass(frozen=True)
class Addressees:
    """Whom an answer goes to, and who else was named in the mail it answers."""

    to: list[str]
    others: list[str]


def addressees(conversation: Conversation, family: Sequence[int] | None = None) -> Addressees:
    """Who wrote last, where they want answers, else who the conversation began with; and everybody else but us."""
    last = _last_mail(conversation, family)
    to = _answered(conversation, last)
    return Addressees(to, _others(last, to))


def answer_addresses(conversation: Conversation) -> list[str]:
    """Whom an answer goes to: who wrote last, where they want answers, else who the conversation began with."""
    return _answered(conversation, _last_mail(conversation))


def other_addresses(conversation: Conversation, to: Sequence[str]) -> list[str]:
    """Who else gets an answer to everybody, beside those it is addressed to."""
    return _others(_last_mail(conversation), to)


def first_reply(conversation_id: int) -> Message:
    """The mail with which we began a conversation."""
    return Message.objects.filter(conversation_id=conversation_id, direction=Direction.OUT).earliest("pk")


def page_of_message(message_id: int) -> int:
    """The conversation on whose page a message stands. Raises NotFound."""
    conversation_id = Message.objects.filter(pk=message_id).values_list("conversation_id", flat=True).first()
    if conversation_id is None:
        raise NotFound()
    return merged_root(conversation_id)


def suggested_minutes(kind: str, text: str) -> int:
    """How many minutes a reply, note or call with this text usually takes, by today's policy."""
    return suggested(text, least=getattr(policies.as_of("minutes_suggested", at=clock.now()), kind))


def _last_mail(conversation: Conversation, family: Sequence[int] | None = None) -> Message | None:
    """The last mail that came, a person's rather than a robot's."""
    received = Message.objects.filter(
        conversation_id__in=family or family_ids(conversation.pk), direction=Direction.IN, kind=MessageKind.MAIL
    )
    return received.exclude(sender="").order_by("is_automatic", "-at", "-pk").first()


def _answered(conversation: Conversation, last: Message | None) -> list[str]:
    if last is not None:
        return [last.reply_to or last.sender]
    return [conversation.sender_address] if conversation.sender_address else []


def _others(last: Message | None, to: Sequence[str]) -> list[str]:
    if last is None:
        return []
    return everybody_else(channels.without_own([*last.recipients, *last.cc]), known=to)
