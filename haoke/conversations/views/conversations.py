"""One conversation as it reads, with everything that can be done about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from haoke.conversations import queries
from haoke.conversations.models import Conversation
from haoke.conversations.views.flow import clock_time, flow_of
from haoke.conversations.views.head_menus import menu_words
from haoke.conversations.views.panel import panel_words
from haoke.conversations.views.writing import writing_context
from haoke.core import clock
from haoke.core.paging import place_of
from haoke.core.ui import render, wanted_part
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.returning import safe_return
from haoke.files.views import serve
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access

# The blocks that are fetched again when something they show has changed.
PARTS = frozenset({"conversation_head", "conversation_people", "conversation_flow", "conversation_panel"})
MOST_NAMES = 40
MESSAGES_A_PAGE = 200
# On paper the whole conversation, unless it is a book.
MESSAGES_ON_PAPER = 2000


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
    opened = queries.opened_conversation(conversation_id, actor)
    found, family = opened.conversation, opened.family
    note_access(
        kind=AccessKind.CONVERSATION,
        subject_kind="conversation",
        subject_id=found.pk,
        customer_id=found.customer_id,
        by=actor,
    )
    can_answer = opened.is_answerable and found.merged_into_id is None
    words: dict[str, Any] = {
        "conversation": found,
        # A mail of a merged one may leave while its family's page is open.
        "family_names": " ".join(f"conversation:{each}" for each in family[:MOST_NAMES]),
        "can_answer": can_answer,
        "can_undo_merge": opened.is_answerable and found.merged_into_id is not None,
        "merged_root": queries.merged_root(conversation_id) if found.merged_into_id else None,
        "problem": problem,
        "here": reverse("conversations:conversation", args=[conversation_id]),
        "back": safe_return(request, request.GET.get("from"), otherwise=reverse("conversations:inbox")),
        "now": clock.now(),
        **menu_words(found, can_answer=can_answer),
    }
    words |= _part_words(request, opened, can_answer=can_answer, typed=typed)
    response = render(request, "conversations/conversation.html", words, status=status)
    if words.get("shows_images"):
        # The reader asked for this one page to load pictures from elsewhere.
        response._csp_update = {"img-src": ["https:", "http:"]}  # type: ignore[attr-defined]
    return response


@require_safe
@needs("conversations.view")
def attachment(request: Request, attachment_id: int) -> HttpResponse:
    return serve(queries.attachment(attachment_id, request.actor).file)


def _part_words(
    request: Request, opened: queries.Opened, *, can_answer: bool, typed: dict[str, Any] | None
) -> dict[str, Any]:
    """What the wanted part of the page shows, or the whole page; what nobody looks at is not asked for."""
    actor, found, family = request.actor, opened.conversation, opened.family
    part = wanted_part(request, PARTS)
    words: dict[str, Any] = {}
    if part in (None, "conversation_flow"):
        words |= _flow_words(request, found, family)
    if part in (None, "conversation_panel"):
        words |= panel_words(found, family, actor, can_answer=can_answer)
    if part is None:
        words["people"] = words["order"].people
    elif part == "conversation_people":
        words["people"] = queries.people_at(found.pk, actor, now=clock.now())
    if part is None and can_answer:
        words |= writing_context(found, actor, typed or {}, family=family)
    return words


def _flow_words(request: Request, found: Conversation, family: list[int]) -> dict[str, Any]:
    is_for_paper = request.GET.get("print") == "1"
    before = place_of(request.GET.get("before", ""))
    shows_images = request.GET.get("images") == "1"
    flow = flow_of(
        found,
        family,
        request.actor,
        before=None if is_for_paper else before,
        most=MESSAGES_ON_PAPER if is_for_paper else MESSAGES_A_PAGE,
        shows_images=shows_images,
    )
    return {
        "flow": flow,
        "is_latest": before is None or is_for_paper,
        "is_for_paper": is_for_paper,
        "shows_images": shows_images,
        "clock_time": lambda at: clock_time(at, request.actor),
        "seen_message_id": flow.newest_id,
    }
