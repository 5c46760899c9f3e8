"""What a conversation's messages say about who waits for whom, and which promises its circumstances call for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries.family import family_ids
from haoke.conversations.rules.clocks import ANSWERING, FINISHED
from haoke.policies.queries import Scope
from haoke.timeline.choices import Direction, TouchChannel

_CHANNEL_OF = {
    MessageKind.MAIL: TouchChannel.MAIL,
    MessageKind.FORM: TouchChannel.PORTAL,
    MessageKind.CALL: TouchChannel.CALL,
}
_WORDS = (MessageKind.MAIL, MessageKind.FORM)
_ANSWERS = (MessageKind.MAIL, MessageKind.CALL)


def answers_in(conversation_ids: Iterable[int]) -> QuerySet[Message]:
    """What persons of ours said to the customer, and did not take back."""
    return Message.objects.filter(
        conversation_id__in=conversation_ids,
        direction=Direction.OUT,
        kind__in=_ANSWERS,
        author_kind__in=ANSWERING,
        is_automatic=False,
        recalled_at=None,
    )


def words_in(conversation_ids: Iterable[int]) -> QuerySet[Message]:
    """What the customer wrote themselves; robots and absence notes say nothing."""
    return Message.objects.filter(
        conversation_id__in=conversation_ids, direction=Direction.IN, kind__in=_WORDS, is_automatic=False
    )


def oldest_unanswered(conversation: Conversation) -> datetime | None:
    """When the customer wrote the oldest word that no person has answered; nobody waits once it is finished.

    What was merged into the conversation is part of it.
    """
    if conversation.state in FINISHED:
        return None
    family = family_ids(conversation.pk)
    answered_at = answers_in(family).order_by("-at", "-pk").values_list("at", flat=True).first()
    words = words_in(family)
    if answered_at is not None:
        words = words.filter(at__gt=answered_at)
    return words.order_by("at", "pk").values_list("at", flat=True).first()


def was_talked_before(conversation: Conversation, message_id: int) -> bool:
    """Whether the customer or a person of ours said anything before that message."""
    own = [conversation.pk]
    return any(said.filter(pk__lt=message_id).exists() for said in (words_in(own), answers_in(own)))


def circumstances_of(conversation: Conversation, *, channel: str = "") -> Scope:
    """What the targets of a conversation are chosen by; `channel` is how it began, looked up unless given.

    The tier joins in when the archive publishes one.
    """
    customer = conversation.customer
    return Scope(
        urgency=conversation.urgency,
        nature=customer.nature if customer is not None else "",
        channel=channel or _channel_of(conversation),
        category=conversation.category.code,
        team_id=conversation.team_id,
    )


def began_by(conversation: str) -> Coalesce:
    """The channel by which a conversation began, for a query; `conversation` is the path to its key."""
    first = (
        Message.objects.filter(conversation=OuterRef(conversation), kind__in=_CHANNEL_OF)
        .order_by("at", "pk")
        .annotate(channel=_channel())
        .values("channel")[:1]
    )
    return Coalesce(Subquery(first), Value(TouchChannel.MAIL.value))


def _channel_of(conversation: Conversation) -> str:
    return Conversation.objects.filter(pk=conversation.pk).values_list(began_by("pk"), flat=True)[0]


def _channel() -> Case:
    return Case(
        *(When(kind=kind, then=Value(channel.value)) for kind, channel in _CHANNEL_OF.items()), output_field=CharField()
    )
