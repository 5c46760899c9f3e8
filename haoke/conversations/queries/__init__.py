"""Every read of conversations, scoped to the actor."""

from haoke.conversations.queries.answering import answer_addresses, suggested_minutes
from haoke.conversations.queries.inbox import (
    InboxFilter,
    InboxPage,
    InboxRow,
    inbox_page,
    rows_of_customers,
    rows_of_staff,
    search,
)
from haoke.conversations.queries.languages import language_of
from haoke.conversations.queries.reach import answerable_conversations, readable_conversations, visible_conversations
from haoke.conversations.queries.reading import (
    ReadMessage,
    attachment,
    categories,
    category_by_code,
    conversation,
    identified_by_hand,
    messages_after,
    messages_of,
    picture_addresses,
    read_message,
    shown_author,
)

__all__ = [
    "InboxFilter",
    "InboxPage",
    "InboxRow",
    "ReadMessage",
    "answer_addresses",
    "answerable_conversations",
    "attachment",
    "categories",
    "category_by_code",
    "conversation",
    "identified_by_hand",
    "inbox_page",
    "language_of",
    "messages_after",
    "messages_of",
    "picture_addresses",
    "read_message",
    "readable_conversations",
    "rows_of_customers",
    "rows_of_staff",
    "search",
    "shown_author",
    "suggested_minutes",
    "visible_conversations",
]
