"""Following a conversation, and no longer."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from haoke.conversations import services
from haoke.conversations.views.round_trip import change
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.view")
def create(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, forms.Form, services.start_following)


@require_POST
@needs("conversations.view")
def remove(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, forms.Form, services.stop_following)
