"""Making a conversation of its own out of some messages of another."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haoke.conversations import queries, services
from haoke.conversations.forms import SplitForm, checked
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem

MOST_OFFERED = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def split(request: Request, conversation_id: int) -> HttpResponse:
    """Asks which messages, and what the new conversation is called."""
    found = queries.conversation_to_work_on(conversation_id, request.actor)
    messages = queries.messages_before(queries.family_ids(conversation_id), None, most=MOST_OFFERED)
    form = SplitForm(
        request.POST or None,
        message_ids=[each.message.pk for each in messages],
        initial={"version": found.version},
    )
    problem = Problem()
    if request.method == "POST":
        with problem:
            return _split(request, conversation_id, checked(form))
    words = {
        "conversation": found,
        "choices": [
            {"message": each.message, "author": queries.shown_author(each.message, request.actor)} for each in messages
        ],
        "form": form,
        "chosen": request.POST.getlist("messages"),
        "problem": problem.words,
    }
    return render(request, "conversations/split.html", words, status=problem.status)


def _split(request: Request, conversation_id: int, form: SplitForm) -> HttpResponse:
    data = form.cleaned_data
    new = services.split_conversation(
        conversation_id=conversation_id,
        message_ids=data["messages"],
        subject=data["subject"],
        version=data["version"],
        by=request.actor,
    )
    notices.success(request, _("A conversation of its own. Answers to these messages arrive here from now on."))
    return redirect("conversations:conversation", new.pk)
