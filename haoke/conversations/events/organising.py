"""How colleagues keep conversations in order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.conversations.events.conversations import ConversationFact


@dataclass(frozen=True, kw_only=True)
class TagAdded(ConversationFact):
    kind = "tag.added"
    icon = "tag"
    sentence = _("%(by)s tagged HK-%(conversation_id)s with “%(tag)s”")
    tag: str


@dataclass(frozen=True, kw_only=True)
class TagRemoved(ConversationFact):
    kind = "tag.removed"
    icon = "tag"
    sentence = _("%(by)s took the tag “%(tag)s” off HK-%(conversation_id)s")
    tag: str


@dataclass(frozen=True, kw_only=True)
class FollowerAdded(ConversationFact):
    kind = "follower.added"
    icon = "bell"
    sentence = _("%(follower)s follows HK-%(conversation_id)s")
    staff_id: int
    follower: str


@dataclass(frozen=True, kw_only=True)
class FollowerRemoved(ConversationFact):
    kind = "follower.removed"
    icon = "bell-off"
    sentence = _("%(follower)s no longer follows HK-%(conversation_id)s")
    staff_id: int
    follower: str


@dataclass(frozen=True, kw_only=True)
class ColleagueMentioned(ConversationFact):
    kind = "colleague.mentioned"
    icon = "at-sign"
    sentence = _("%(by)s asked for %(colleague)s in HK-%(conversation_id)s")
    message_id: int
    staff_id: int
    colleague: str


@dataclass(frozen=True, kw_only=True)
class ConversationsLinked(ConversationFact):
    kind = "conversations.linked"
    icon = "link"
    sentence = _("%(by)s linked HK-%(conversation_id)s with HK-%(other_id)s")
    other_id: int


@dataclass(frozen=True, kw_only=True)
class ConversationsUnlinked(ConversationFact):
    kind = "conversations.unlinked"
    icon = "unlink"
    sentence = _("%(by)s took the link between HK-%(conversation_id)s and HK-%(other_id)s away")
    other_id: int


@dataclass(frozen=True, kw_only=True)
class ConversationMerged(ConversationFact):
    kind = "conversation.merged"
    icon = "merge"
    sentence = _("%(by)s merged HK-%(conversation_id)s into HK-%(into_id)s")
    into_id: int


@dataclass(frozen=True, kw_only=True)
class MergeUndone(ConversationFact):
    kind = "merge.undone"
    icon = "undo-2"
    sentence = _("%(by)s took the merge of HK-%(conversation_id)s into HK-%(into_id)s back")
    into_id: int


@dataclass(frozen=True, kw_only=True)
class ConversationSplit(ConversationFact):
    """Told of the new conversation, and of the one it came out of."""

    kind = "conversation.split"
    icon = "split"
    sentence = _("%(by)s made %(message_count)s messages of HK-%(source_id)s a conversation: HK-%(new_id)s")
    source_id: int
    new_id: int
    message_count: int


@dataclass(frozen=True, kw_only=True)
class ConversationSnoozed(ConversationFact):
    kind = "conversation.snoozed"
    icon = "alarm-clock"
    sentence = _("%(by)s put HK-%(conversation_id)s off")
    until: str


@dataclass(frozen=True, kw_only=True)
class SnoozeEnded(ConversationFact):
    """The time came, the customer wrote, or a colleague took it up again."""

    kind = "snooze.ended"
    icon = "alarm-clock"
    sentence = _("HK-%(conversation_id)s came back")


@dataclass(frozen=True, kw_only=True)
class ReplyRecalled(ConversationFact):
    """Taken back before it left; the customer never saw it."""

    kind = "reply.recalled"
    icon = "undo-2"
    sentence = _("%(by)s took a reply in HK-%(conversation_id)s back before it left")
    message_id: int
