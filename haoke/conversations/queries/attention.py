"""Who looks after a conversation or wants to hear of it: for the house itself, which tells them what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from haoke.conversations.models import Conversation, Follower, Handover, Mention, Message
from haoke.conversations.queries.reach import readable_conversations
from haoke.core.actor import Actor


@dataclass(frozen=True)
class Attention:
    """Whose a conversation is, and who follows it."""

    assignee_id: int | None
    team_id: int | None
    follower_ids: frozenset[int]

    @property
    def staff_ids(self) -> frozenset[int]:
        return self.follower_ids | {self.assignee_id} if self.assignee_id else self.follower_ids


@dataclass(frozen=True)
class Title:
    """What a conversation is called, and whose archive it stands on."""

    subject: str
    customer_id: int | None


def attention_on(conversation_id: int) -> Attention:
    """Unscoped; an unknown conversation has nobody's."""
    row = Conversation.objects.filter(pk=conversation_id).values_list("assignee_id", "team_id").first()
    assignee_id, team_id = row or (None, None)
    followers = Follower.objects.filter(conversation_id=conversation_id).values_list("staff_id", flat=True)
    return Attention(assignee_id, team_id, frozenset(followers))


def mentioned_in(message_id: int) -> frozenset[int]:
    """The colleagues whom a note asks for."""
    return frozenset(Mention.objects.filter(message_id=message_id).values_list("staff_id", flat=True))


def was_handed_over(conversation_id: int, at: datetime) -> bool:
    """Whether a handover began with what happened at that moment."""
    return Handover.objects.filter(conversation_id=conversation_id, at=at).exists()


def writer_of(message_id: int) -> int | None:
    """The colleague who wrote a message; None for a customer's or a machine's."""
    written = Message.objects.filter(pk=message_id, author_kind="staff", is_automatic=False)
    return written.values_list("author_id", flat=True).first()


def titles(conversation_ids: Iterable[int], actor: Actor) -> dict[int, Title]:
    """What those are called that the actor may read, in one query; the others are left out."""
    found = readable_conversations(actor).filter(pk__in=set(conversation_ids))
    rows = found.values_list("pk", "subject", "customer_id")
    return {pk: Title(subject, customer_id) for pk, subject, customer_id in rows}
