"""Reading one conversation: itself, its messages, its attachments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from haoke.channels import queries as channels
from haoke.conversations.errors import ReadOnly
from haoke.conversations.models import Attachment, Category, Conversation, Identification, Message
from haoke.conversations.queries.family import family_ids, merged_root
from haoke.conversations.queries.reach import answerable_conversations, readable_conversations
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.paging import Place, after
from haoke.customers import queries as customers
from haoke.ledger.queries import minutes_by_subject


@dataclass(frozen=True)
class ReadMessage:
    """A message with its attachments, how the sending of our own mail went, and the minutes it took."""

    message: Message
    attachments: list[Attachment]
    mail_state: channels.MailState | None
    minutes: int


@dataclass(frozen=True)
class Opened:
    """A conversation as its page needs it: whether the actor may work on it, and which ids are read as one with it."""

    conversation: Conversation
    is_answerable: bool
    family: list[int]


def conversation(conversation_id: int, actor: Actor) -> Conversation:
    """The conversation with customer, team, assignee, category and channel. Raises NotFound out of reach."""
    found = _whole(readable_conversations(actor)).filter(pk=conversation_id).first()
    if found is None:
        raise NotFound()
    return found


def opened_conversation(conversation_id: int, actor: Actor) -> Opened:
    """The same with its family in one query, two where something was merged into it. Raises NotFound out of reach."""
    own = OuterRef("pk")
    found = (
        _whole(readable_conversations(actor))
        .annotate(
            is_answerable=Exists(answerable_conversations(actor).filter(pk=own)),
            has_merged=Exists(Conversation.objects.filter(merged_into=own)),
        )
        .filter(pk=conversation_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return Opened(found, found.is_answerable, family_ids(found.pk) if found.has_merged else [found.pk])


def conversation_to_work_on(conversation_id: int, actor: Actor) -> Conversation:
    """The same for whoever may work on it. Raises NotFound out of sight, ReadOnly where they may only read."""
    found = conversation(conversation_id, actor)
    if not answerable_conversations(actor).filter(pk=conversation_id).exists():
        raise ReadOnly()
    return found


def messages_of(conversation_id: int, *, most: int = 200) -> list[ReadMessage]:
    """The newest `most` messages, oldest first, in three queries; ask for readable conversations only."""
    return messages_before([conversation_id], None, most=most)


def messages_before(conversation_ids: Collection[int], place: Place | None, *, most: int) -> list[ReadMessage]:
    """The last `most` messages of these conversations before a place, or of all, oldest first, in three queries."""
    rows = after(Message.objects.filter(conversation_id__in=conversation_ids), "at", place)
    return _read(list(_with_files(rows[:most]))[::-1])


def messages_after(conversation_id: int, message_id: int, *, most: int) -> list[ReadMessage]:
    """The first `most` messages after the given one (0: from the start), oldest first, in three queries.

    What was taken back was never said to anybody, so programs do not read it.
    """
    later = Message.objects.filter(conversation_id=conversation_id, pk__gt=message_id, recalled_at=None).order_by("pk")
    return _read(list(_with_files(later[:most])))


def read_message(message_id: int) -> ReadMessage:
    """One message the caller has just written."""
    return _read(list(_with_files(Message.objects.filter(pk=message_id))))[0]


def shown_author(message: Message, actor: Actor) -> str:
    """Who wrote it; where all we know is an address, it is masked like any other contact point."""
    if message.author_name and message.author_name != message.sender:
        return message.author_name
    return customers.shown_contact(message.sender, "mail", actor)


def _whole(found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return found.select_related("customer", "team", "assignee", "category", "channel")


def _with_files(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.prefetch_related(Prefetch("attachments", Attachment.objects.select_related("file").order_by("pk")))


def _read(messages: list[Message]) -> list[ReadMessage]:
    states = channels.mail_states([message.outbound_id for message in messages])
    minutes = minutes_by_subject("message", [message.pk for message in messages])
    return [
        ReadMessage(
            message, list(message.attachments.all()), states.get(message.outbound_id or 0), minutes.get(message.pk, 0)
        )
        for message in messages
    ]


def attachment(attachment_id: int, actor: Actor) -> Attachment:
    """Raises NotFound unless the actor may read the conversation it hangs on, or the one that goes on in."""
    found = Attachment.objects.select_related("file", "message").filter(pk=attachment_id).first()
    if found is None:
        raise NotFound()
    shown_in = {found.message.conversation_id, merged_root(found.message.conversation_id)}
    if not readable_conversations(actor).filter(pk__in=shown_in).exists():
        raise NotFound()
    return found


def picture_addresses(attachments: Iterable[Attachment]) -> dict[str, str]:
    """Where the pictures inside a mail are found, by content id."""
    return {
        each.content_id: reverse("conversations:attachment", args=[each.pk]) for each in attachments if each.content_id
    }


def categories() -> list[Category]:
    return list(Category.objects.filter(is_active=True))


def category_names() -> dict[str, str]:
    """Every category's name by its code, retired ones included, in the active language."""
    return {each.code: each.name for each in Category.objects.all()}


def category_by_code(code: str) -> Category:
    """Raises NotFound."""
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def identified_by_hand(customer_ids: Iterable[int]) -> list[int]:
    """Conversations put on these archives by hand: their earlier facts do not carry the customer's id.

    One that was moved on to another archive is that customer's story, not theirs.
    """
    ids = list(customer_ids)
    found = Identification.objects.filter(customer_id__in=ids, conversation__customer_id__in=ids)
    return list(found.values_list("conversation_id", flat=True).distinct())
