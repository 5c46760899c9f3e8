"""What a mail says, for the domains above: its own words apart from quoted ones, its HTML made safe, our subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from haoke.channels.rules.mails import ParsedMail
from haoke.channels.rules.quoting import Reply
from haoke.channels.rules.quoting import split_reply as split
from haoke.channels.rules.quoting_html import split_reply_html
from haoke.channels.rules.sanitising import clean_html
from haoke.channels.rules.subjects import bare_subject, reply_subject
from haoke.channels.rules.threading import subject_token

__all__ = ["ParsedMail", "answer_subject", "safe_html", "split_reply"]


def split_reply(text: str) -> Reply:
    """What the author wrote this time (`visible`) and what they quoted (`quoted`)."""
    return split(text)


@dataclass(frozen=True)
class SafeHtml:
    """HTML that may be shown on our pages: the author's own part, what they quoted, how many pictures are blocked."""

    visible: str
    quoted: str
    blocked_images: int


def safe_html(html: str, *, image_url: Callable[[str], str | None], allow_remote_images: bool = False) -> SafeHtml:
    """Splits and cleans the HTML of a mail; `image_url` finds the mail's own pictures by content id."""
    reply = split_reply_html(html)
    visible, quoted = (
        clean_html(part, image_url=image_url, allow_remote_images=allow_remote_images)
        for part in (reply.visible, reply.quoted)
    )
    return SafeHtml(visible.html, quoted.html, visible.blocked_images + quoted.blocked_images)


def answer_subject(subject: str, conversation_id: int, *, language: str, is_first: bool) -> str:
    """The subject of a mail of ours, with the mark that brings an answer back to its conversation."""
    bare = bare_subject(subject.replace(subject_token(conversation_id), " "))
    worded = bare if is_first else reply_subject(bare, language)
    return f"{worded} {subject_token(conversation_id)}".strip()
