"""Keeping messages findable: their words are written in the same transaction as they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Prefetch, QuerySet, Value
from django.db.models.functions import Cast

from haoke.channels import queries as channels
from haoke.conversations import events
from haoke.conversations.events import ConversationFact
from haoke.conversations.models import Attachment, Conversation, Message, MessageWords
from haoke.conversations.queries import families, merged_roots
from haoke.conversations.rules import Searched, words_of
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction

BATCH = 100

_WRITES = (
    events.MessageReceived,
    events.AutomaticMailReceived,
    events.FormReceived,
    events.ReplyWritten,
    events.NoteWritten,
    events.CallLogged,
)


def follow(conversation: Conversation, fact: ConversationFact, *, by: Actor, at: datetime) -> None:
    """Writes, moves or removes the words that a fact is about, in the same transaction."""
    match fact:
        case events.ReplyRecalled():
            MessageWords.objects.filter(message_id=fact.message_id).delete()
        case events.ConversationMerged():
            MessageWords.objects.filter(conversation_id=conversation.pk).update(conversation_id=fact.into_id)
        case events.MergeUndone():
            family = families([conversation.pk])[conversation.pk]
            MessageWords.objects.filter(message__conversation_id__in=family).update(conversation_id=conversation.pk)
        case events.CustomerIdentified() | events.ConversationSplit():
            index_messages(Message.objects.filter(conversation_id=conversation.pk))
        case _ if isinstance(fact, _WRITES):
            index_messages(Message.objects.filter(pk=fact.message_id))


def reindex_customer(*, customer_id: int) -> int:
    """Lets the messages of a customer be found by the name the customer has now; returns how many there are."""
    messages = Message.objects.filter(conversation__customer_id=customer_id)
    ids = list(messages.order_by("pk").values_list("pk", flat=True))
    batches = (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
    return sum(index_messages(messages.filter(pk__in=batch)) for batch in batches)


def index_messages(messages: QuerySet[Message]) -> int:
    """Writes the words of the messages, in the place of what stood there; returns how many were written."""
    with_files = Prefetch("attachments", Attachment.objects.select_related("file"))
    found = list(searchable(messages).select_related("conversation__customer").prefetch_related(with_files))
    roots = merged_roots({each.conversation_id for each in found if each.conversation.merged_into_id})
    first = _first_messages({each.conversation_id for each in found if each.quoted_text})
    ours = channels.own_addresses() if found else frozenset()
    MessageWords.objects.bulk_create(
        [
            MessageWords(
                message_id=message.pk,
                conversation_id=roots.get(message.conversation_id, message.conversation_id),
                at=message.at,
                words=Cast(Value(_words(message, ours, is_first=message.pk in first)), SearchVectorField()),
            )
            for message in found
        ],
        update_conflicts=True,
        unique_fields=["message"],
        update_fields=["conversation", "at", "words"],
    )
    return len(found)


def searchable(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Without our own automatic mails, which say the same to everybody, and without replies taken back."""
    return messages.filter(recalled_at=None).exclude(is_automatic=True, direction=Direction.OUT)


def _first_messages(conversation_ids: Collection[int]) -> set[int]:
    """The messages that began conversations: what those quote, such as a forwarded mail, was never said here."""
    if not conversation_ids:
        return set()
    found = Message.objects.filter(conversation_id__in=conversation_ids).order_by("conversation_id", "at", "pk")
    return set(found.distinct("conversation_id").values_list("pk", flat=True))


def _words(message: Message, ours: frozenset[str], *, is_first: bool) -> str:
    conversation = message.conversation
    customer = conversation.customer
    addresses = (conversation.sender_address, message.sender, *message.recipients, *message.cc)
    return words_of(
        Searched(
            reference=conversation.reference,
            subjects=[conversation.subject, message.subject],
            people=[
                *([customer.number, customer.name] if customer else []),
                conversation.sender_name,
                message.author_name,
                *(each for each in addresses if each.lower() not in ours),
            ],
            file_names=[each.file.name for each in message.attachments.all() if not each.is_inline],
            text=message.text,
            quoted_text=message.quoted_text if is_first else "",
            at=message.at,
        )
    )
