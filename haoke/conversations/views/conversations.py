"""One conversation as it reads, with everything that can be done about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markupsafe import Markup

from haoke.channels import queries as channels
from haoke.conversations import queries
from haoke.conversations.choices import State, Urgency
from haoke.conversations.forms import AssignmentForm, category_choices
from haoke.conversations.models import Conversation
from haoke.conversations.queries import ReadMessage
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.ui import render
from haoke.core.ui.formatting import format_bytes
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.files.views import serve
from haoke.policies import queries as policies
from haoke.timeline import queries as timeline

# Shown in the flow as the messages themselves.
_TOLD_BY_MESSAGES = {
    "message.received",
    "message.sent",
    "automatic_mail.received",
    "automatic_mail.sent",
    "note.written",
    "call.logged",
    "reply.written",
}


@require_safe
@needs("conversations.view")
def conversation(request: Request, conversation_id: int) -> HttpResponse:
    return conversation_page(request, conversation_id)


def conversation_page(
    request: Request,
    conversation_id: int,
    *,
    status: int = 200,
    problem: str = "",
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page; after a refused form with the problem said and everything typed still there."""
    actor = request.actor
    found = queries.conversation(conversation_id, actor)
    shows_images = request.GET.get("images") == "1"
    messages = queries.messages_of(conversation_id)
    can_answer = queries.answerable_conversations(actor).filter(pk=conversation_id).exists()
    response = render(
        request,
        "conversations/conversation.html",
        {
            "conversation": found,
            "flow": _flow(found, messages, actor, shows_images=shows_images),
            "can_answer": can_answer,
            "customer": customers.names([found.customer_id])[found.customer_id] if found.customer_id else None,
            "candidates": _candidates(found, actor) if can_answer else [],
            "answer_to": _shown(queries.answer_addresses(found), actor) if can_answer else [],
            "shown_address": customers.shown_contact(found.sender_address, "mail", actor)
            if found.sender_address
            else "",
            "assignment": AssignmentForm(initial={"assignee": found.assignee_id, "team": found.team_id}),
            "states": [
                # The present state stands in the list even where nobody may choose it, or the list would claim another.
                each
                for each in State.choices
                if each[0] in (found.state, State.OPEN, State.WAITING, State.ON_HOLD, State.SOLVED)
            ],
            "urgencies": Urgency.choices,
            "categories": category_choices(),
            "suggested": policies.as_of("minutes_suggested", at=clock.now()),
            "submission": uuid.uuid4(),
            "call_submission": uuid.uuid4(),
            "problem": problem,
            "typed": typed or {},
            "here": reverse("conversations:conversation", args=[conversation_id]),
        },
        status=status,
    )
    if shows_images:
        # The reader asked for this one page to load pictures from elsewhere.
        response._csp_update = {"img-src": ["https:", "http:"]}  # type: ignore[attr-defined]
    return response


@require_safe
@needs("conversations.view")
def attachment(request: Request, attachment_id: int) -> HttpResponse:
    return serve(queries.attachment(attachment_id, request.actor).file)


def _flow(
    found: Conversation, messages: list[ReadMessage], actor: Actor, *, shows_images: bool
) -> list[dict[str, Any]]:
    """Messages and the facts between them, oldest first."""
    said = [_said(each, found, actor, shows_images=shows_images) for each in messages]
    facts = [
        {"is_message": False, "at": line.at, "line": line}
        for line in timeline.subject_history("conversation", found.pk)
        if line.kind not in _TOLD_BY_MESSAGES
    ]
    return sorted([*facts, *said], key=lambda each: each["at"])


def _said(read: ReadMessage, found: Conversation, actor: Actor, *, shows_images: bool) -> dict[str, Any]:
    language = get_language() or ""
    status, tone = delivery_words(read, actor)
    html, quoted_html = _html(read, shows_images=shows_images)
    return {
        "is_message": True,
        "at": read.message.at,
        "message": read.message,
        "subject": _new_subject(read, found),
        "author": queries.shown_author(read.message, actor),
        "recipients": _shown([*read.message.recipients, *read.message.cc], actor),
        "html": Markup(html),
        "quoted": Markup(quoted_html) if html else read.message.quoted_text,
        "has_blocked_images": bool(read.message.blocked_images) and not shows_images,
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
        "has_minutes": read.message.author_kind in ("staff", "token") and not read.message.is_automatic,
        "status": status,
        "status_tone": tone,
        "mail_state": read.mail_state.state if read.mail_state else "",
    }


def _new_subject(read: ReadMessage, found: Conversation) -> str | None:
    """The message's subject where it says something else than the conversation's, prefixes and our mark aside."""
    token = channels.subject_token(found.pk)
    bare = channels.bare_subject(read.message.subject.replace(token, " "))
    return None if bare in ("", channels.bare_subject(found.subject)) else bare


def delivery_words(read: ReadMessage, actor: Actor) -> tuple[str, str]:
    """How the sending of our mail went, in words, and how worrying that is."""
    sent = read.mail_state
    if sent is None:
        return "", "neutral"
    refused = ", ".join(_shown(sent.refusals, actor))
    words = " · ".join(filter(None, (sent.label, sent.cause, refused)))
    if sent.state == "sent":
        return words, "warning" if refused else "neutral"
    return words, "neutral" if sent.state in ("queued", "sending") else "danger"


def _shown(addresses: Iterable[str], actor: Actor) -> list[str]:
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


def _candidates(found: Conversation, actor: Actor) -> list[tuple[int, customers.CustomerName]]:
    """Archives within reach that hold the sender's address, proposed while the conversation stands on none."""
    if found.customer_id or not found.sender_address:
        return []
    matches = customers.matches_for_address("mail", found.sender_address)
    within_reach = customers.visible_customers(actor).filter(pk__in=matches).values_list("pk", flat=True)
    return list(customers.names(within_reach).items())
