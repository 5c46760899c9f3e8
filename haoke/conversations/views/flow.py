"""The flow of a conversation as it reads: messages, and between them what was decided, day by day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from markupsafe import Markup

from haoke.channels import queries as channels
from haoke.conversations import queries
from haoke.conversations.models import Conversation
from haoke.conversations.queries import ReadMessage
from haoke.core.actor import Actor
from haoke.core.paging import Place
from haoke.core.ui.formatting import format_bytes, zone_of
from haoke.customers import queries as customers
from haoke.timeline import queries as timeline
from haoke.timeline.queries import Line

# Shown in the flow as the messages themselves.
TOLD_BY_MESSAGES = frozenset(
    {
        "message.received",
        "form.received",
        "message.sent",
        "automatic_mail.received",
        "automatic_mail.sent",
        "note.written",
        "call.logged",
        "reply.written",
        "reply.recalled",
        "colleague.mentioned",
    }
)
STARTED = "conversation.started"
# After a merge or a split it may be another conversation's.
OUR_MARK = re.compile(r"\[HK-\d+\]", re.ASCII)
# What one colleague decides in one breath reads as one line.
ONE_BREATH = timedelta(minutes=1)


@dataclass(frozen=True)
class Flow:
    """One page of the flow: its days, the place where the page before it ends, and the newest message on it."""

    days: list[dict[str, Any]]
    earlier: Place | None
    newest_id: int


def flow_of(
    found: Conversation,
    family: Sequence[int],
    actor: Actor,
    *,
    before: Place | None,
    most: int,
    shows_images: bool = False,
) -> Flow:
    """The last `most` messages of the family before a place, with the facts of that time; oldest first."""
    read = queries.messages_before(family, before, most=most + 1)
    shown, has_earlier = read[-most:], len(read) > most
    first = shown[0].message if shown else None
    lines = timeline.told_between(
        "conversation",
        family,
        since=first.at if first and has_earlier else None,
        until=before.at if before else None,
        most=most,
    )
    said = [_said(each, found, actor, shows_images=shows_images) for each in shown]
    told = [_told(group) for group in in_one_breath([each for each in lines if each.kind not in TOLD_BY_MESSAGES])]
    items = sorted([*said, *told], key=lambda each: (each["at"], each["rank"]))
    zone = zone_of(actor)
    return Flow(
        days=[
            {"at": day[0]["at"], "items": day}
            for day in (list(each) for _on, each in groupby(items, key=lambda item: item["at"].astimezone(zone).date()))
        ],
        earlier=Place(first.at, first.pk) if first and has_earlier else None,
        newest_id=max((each.message.pk for each in shown), default=0),
    )


def in_one_breath(lines: Iterable[Line]) -> list[list[Line]]:
    """Consecutive facts of the same person, none more than a minute after the first, as one group."""
    groups: list[list[Line]] = []
    for line in lines:
        first = groups[-1][0] if groups else None
        if first and (first.actor_kind, first.by) == (line.actor_kind, line.by) and line.at - first.at <= ONE_BREATH:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _told(group: list[Line]) -> dict[str, Any]:
    """One line of facts; after the first the name is not said again."""
    first, *others = group
    sentences = [first.sentence, *(each.sentence.removeprefix(first.by).strip() for each in others)]
    return {
        "is_message": False,
        "at": first.at,
        # What began stands above the first message, what followed from a message below it.
        "rank": 0 if first.kind == STARTED else 2,
        "sentence": " · ".join(sentences),
        "icon": first.icon,
    }


def _said(read: ReadMessage, found: Conversation, actor: Actor, *, shows_images: bool) -> dict[str, Any]:
    language = get_language() or ""
    message = read.message
    status, tone = delivery_words(read, actor)
    html, quoted_html = _html(read, shows_images=shows_images)
    return {
        "is_message": True,
        "at": message.at,
        "rank": 1,
        "message": message,
        "origin": None if message.conversation_id == found.pk else message.conversation_id,
        "subject": _new_subject(read, found),
        "author": queries.shown_author(message, actor),
        "recipients": shown_addresses([*message.recipients, *message.cc], actor),
        "blind": shown_addresses(message.bcc, actor),
        "html": Markup(html),
        "quoted": Markup(quoted_html) if html else message.quoted_text,
        "has_blocked_images": bool(message.blocked_images) and not shows_images,
        "files": [
            {
                "name": each.file.name,
                "type": each.file.media_type,
                "size": format_bytes(each.file.size_bytes, language=language),
                "url": reverse("conversations:attachment", args=[each.pk]),
            }
            for each in read.attachments
            if not each.is_inline
        ],
        "minutes": read.minutes,
        "has_minutes": message.author_kind in ("staff", "token") and not (message.is_automatic or message.recalled_at),
        "status": status,
        "status_tone": tone,
        "mail_state": read.mail_state.state if read.mail_state else "",
        "may_recall": _may_recall(read, actor),
    }


def _new_subject(read: ReadMessage, found: Conversation) -> str | None:
    """The message's subject where it says something else than the conversation's, prefixes and our mark aside."""
    bare = channels.bare_subject(OUR_MARK.sub(" ", read.message.subject))
    return None if bare in ("", channels.bare_subject(found.subject)) else bare


def delivery_words(read: ReadMessage, actor: Actor) -> tuple[str, str]:
    """How the sending of our mail went, in words, and how worrying that is."""
    sent = read.mail_state
    if sent is None:
        return "", "neutral"
    refused = ", ".join(shown_addresses(sent.refusals, actor))
    words = " · ".join(filter(None, (sent.label, sent.cause, refused)))
    if sent.state == "sent":
        return words, "warning" if refused else "neutral"
    return words, "neutral" if sent.state in ("queued", "sending") else "danger"


def _may_recall(read: ReadMessage, actor: Actor) -> bool:
    """Only its author takes a reply back, and only while it has not left."""
    message = read.message
    is_own = message.author_kind == "staff" and message.author_id == actor.staff_id
    return is_own and read.mail_state is not None and read.mail_state.may_be_recalled


def shown_addresses(addresses: Iterable[str], actor: Actor) -> list[str]:
    """Addresses as far as the actor sees contact points (RULINGS, Who sees what)."""
    return [customers.shown_contact(each, "mail", actor) for each in addresses]


def _html(read: ReadMessage, *, shows_images: bool) -> tuple[str, str]:
    """The message's own HTML and what it quotes; with the remote pictures only where the reader asked for them."""
    message = read.message
    if not (shows_images and message.blocked_images):
        return message.safe_html, message.safe_quoted_html
    pictures = queries.picture_addresses(read.attachments)
    shown = channels.safe_html(message.html, image_url=pictures.get, allow_remote_images=True)
    return shown.visible, shown.quoted


def clock_time(at: datetime, actor: Actor) -> str:
    """The time of day as the reader's clock shows it; the day stands above."""
    return f"{at.astimezone(zone_of(actor)):%H:%M}"
