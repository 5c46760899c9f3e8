"""Putting a conversation off until later, and taking it up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.choices import SnoozeChoice
from haoke.conversations.forms import SnoozeForm
from haoke.conversations.views.round_trip import change
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def snooze(request: Request, conversation_id: int) -> HttpResponse:
    """The short words with the moments they mean, and a field for any other moment."""
    if request.method == "POST":
        return change(request, conversation_id, SnoozeForm, _snooze)
    found = queries.conversation_to_work_on(conversation_id, request.actor)
    words = {
        "conversation": found,
        "offers": [(code, label, queries.snooze_moment(code)) for code, label in SnoozeChoice.choices],
        "earliest": timezone.localtime(clock.now(), zone_of(request.actor)).strftime("%Y-%m-%dT%H:%M"),
    }
    return render(request, "conversations/snooze.html", words)


@require_POST
@needs("conversations.answer")
def end(request: Request, conversation_id: int) -> HttpResponse:
    return change(request, conversation_id, forms.Form, services.end_snooze)


def _snooze(*, choice: str, until: datetime | None, **rest: Any) -> Any:
    return services.snooze(until=until or queries.snooze_moment(choice), **rest)
