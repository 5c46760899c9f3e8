"""Tags on a conversation, and the words that are offered while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import queries, services
from haoke.conversations.forms import TagForm
from haoke.conversations.views.round_trip import change
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.mark")
def create(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, TagForm, services.add_tag)


@require_POST
@needs("conversations.mark")
def remove(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, TagForm, services.remove_tag)


@require_safe
@needs("conversations.mark")
def names(request: Request) -> HttpResponse:
    """The tags in use, as suggestions for a text field."""
    return render(request, "conversations/tag_names.html", {"tags": queries.tag_names()})
