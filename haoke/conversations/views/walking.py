"""Going through a list from conversation to conversation, without coming back to it in between."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.conversations import queries
from haoke.conversations.views.places import list_address, list_at
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("conversations.view")
def previous(request: Request, conversation_id: int) -> HttpResponse:
    """The conversation above this one in the list one came from."""
    return _step(request, conversation_id, towards=0, end=_("That was the first of the list."))


@require_safe
@needs("conversations.view")
def following(request: Request, conversation_id: int) -> HttpResponse:
    """The conversation below this one in the list one came from."""
    return _step(request, conversation_id, towards=1, end=_("That was the last of the list."))


def _step(request: Request, conversation_id: int, *, towards: int, end: str) -> HttpResponse:
    came_from = list_address(request, request.GET.get("from"))
    wanted = list_at(request, came_from, request.actor)
    neighbour = queries.neighbours(conversation_id, request.actor, wanted)[towards]
    if neighbour is None:
        notices.info(request, end)
        return redirect(came_from)
    return redirect(f"{resolve_url('conversations:conversation', neighbour)}?{urlencode({'from': came_from})}")
