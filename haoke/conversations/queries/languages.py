"""Which language we write to a customer in."""

from __future__ import annotations

from haoke.conversations.models import Conversation
from haoke.customers import queries as customers


def language_of(conversation: Conversation) -> str:
    """The language the archive names, else the one the conversation is written in: zh-hans or en."""
    known = customers.names([conversation.customer_id]).get(conversation.customer_id or 0)
    if known is not None and known.language:
        return known.language
    written = f"{conversation.subject} {conversation.preview}"
    return "zh-hans" if any("\u4e00" <= letter <= "\u9fff" for letter in written) else "en"
