"""The sign of life of an open page, and who else has the conversation open."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from haoke.conversations import queries, services
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs


@require_POST
@needs("conversations.view")
def viewing(request: Request, conversation_id: int) -> HttpResponse:
    """Answers with the others, so that a page that hears no news learns of them with its next sign of life."""
    found = queries.conversation(conversation_id, request.actor)
    if request.POST.get("sign") == "left":
        services.end_viewing(conversation_id=conversation_id, by=request.actor)
        return HttpResponse(status=204)
    services.note_viewing(
        conversation_id=conversation_id, is_writing=request.POST.get("sign") == "writing", by=request.actor
    )
    words = {
        "conversation": found,
        "people": queries.people_at(conversation_id, request.actor, now=clock.now()),
        "here": reverse("conversations:conversation", args=[conversation_id]),
    }
    return render(request, "conversations/_people.html", words)
