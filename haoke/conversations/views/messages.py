"""Writing from the page: answers, notes, calls, and a first mail to a customer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.forms import MessageForm, MinutesForm, NewConversationForm, checked
from haoke.conversations.models import Conversation, Message
from haoke.conversations.views.conversations import conversation_page
from haoke.conversations.views.first_mail import first_page
from haoke.core.errors import Conflict, Invalid
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.problem import Problem
from haoke.policies import queries as policies


@require_POST
@needs("conversations.answer")
def create(request: Request, conversation_id: int) -> HttpResponse:
    """Sends a reply, saves a note or logs a call; on a refusal the page comes back with everything typed."""
    with Problem() as problem:
        message = _write(conversation_id, checked(MessageForm(request.POST, request.FILES)).cleaned_data, request)
        _offer_to_take_back(request, message)
        return redirect(f"{resolve_url('conversations:conversation', conversation_id)}#message-{message.pk}")
    return conversation_page(
        request, conversation_id, status=problem.status, problem=problem.words, typed=request.POST.dict()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def new(request: Request, customer_id: int) -> HttpResponse:
    """A first mail to a customer; on a refusal the page comes back with everything typed."""
    if request.method != "POST":
        return first_page(request, customer_id)
    with Problem() as problem:
        data = checked(NewConversationForm(request.POST, request.FILES)).cleaned_data
        conversation = _start(customer_id, data, request)
        _offer_to_take_back(request, queries.first_reply(conversation.pk))
        return redirect("conversations:conversation", conversation.pk)
    return first_page(request, customer_id, status=problem.status, problem=problem.words, typed=request.POST.dict())


@require_POST
@needs("conversations.answer")
def settlement(request: Request, message_id: int) -> HttpResponse:
    """A person says whether an uncertain mail arrived; never guessed, or the customer gets it twice or not at all."""
    if request.POST.get("answer") not in ("arrived", "again"):
        raise Invalid()
    message = services.settle_mail(
        message_id=message_id, was_sent=request.POST["answer"] == "arrived", by=request.actor
    )
    return redirect("conversations:conversation", message.conversation_id)


@require_POST
@needs("conversations.answer")
def trial(request: Request, message_id: int) -> HttpResponse:
    """Sends a failed or refused mail once more."""
    message = services.send_again(message_id=message_id, by=request.actor)
    return redirect("conversations:conversation", message.conversation_id)


@require_POST
@needs("conversations.answer")
def recall(request: Request, message_id: int) -> HttpResponse:
    """Takes a reply back before it leaves; after that it says that it has left."""
    conversation_id = queries.page_of_message(message_id)
    try:
        services.recall_reply(message_id=message_id, by=request.actor)
    except Conflict as refusal:
        return conversation_page(request, conversation_id, status=refusal.status, problem=str(refusal))
    notices.success(request, _("Taken back; nobody got it. Your words are a draft again."))
    return redirect("conversations:conversation", conversation_id)


@require_POST
@needs("conversations.answer")
def minutes(request: Request, message_id: int) -> HttpResponse:
    """Corrects how long a reply, a note or a call took."""
    asked = checked(MinutesForm(request.POST), field="minutes").cleaned_data["minutes"]
    message = services.correct_minutes(message_id=message_id, minutes=asked, by=request.actor)
    return redirect("conversations:conversation", message.conversation_id)


def _write(conversation_id: int, data: dict[str, Any], request: Request) -> Any:
    kind = data["kind"]
    common = {
        "conversation_id": conversation_id,
        "text": data["text"],
        "minutes": _minutes(data, kind),
        "submission": data["submission"],
        "by": request.actor,
    }
    if kind == "note":
        return services.write_note(**common, uploads=_uploads(data), desk=_desk(data))
    if kind == "call":
        return services.log_call(**common, direction=data["direction"] or "out")
    return services.reply(
        **common,
        recipients=data["recipients"],
        cc=data["cc"],
        bcc=data["bcc"],
        is_to_all=data["to_all"],
        uploads=_uploads(data),
        desk=_desk(data),
        state=data["state"],
    )


def _start(customer_id: int, data: dict[str, Any], request: Request) -> Conversation:
    return services.start_conversation(
        customer_id=customer_id,
        subject=data["subject"],
        text=data["text"],
        recipients=data["recipients"],
        cc=data["cc"],
        bcc=data["bcc"],
        uploads=_uploads(data),
        desk=_desk(data),
        minutes=_minutes(data, "reply"),
        submission=data["submission"],
        by=request.actor,
    )


def _desk(data: dict[str, Any]) -> services.Desk:
    return services.Desk(
        file_ids=data["draft_files"],
        canned_ids=data["canned"],
        seen_message_id=data["seen"],
        draft_seen_at=data["draft_seen"],
    )


def _offer_to_take_back(request: Request, message: Message) -> None:
    """While a reply has not left, the notice about it takes it back."""
    seconds = policies.as_of("undo_send", at=message.at).seconds if message.outbound_id else 0
    if seconds:
        undo = reverse("conversations:recall", args=[message.pk])
        notices.success(request, _("It leaves in %(seconds)s seconds.") % {"seconds": seconds}, extra_tags=undo)
    elif message.outbound_id:
        notices.success(request, _("On its way."))


def _minutes(data: dict[str, Any], kind: str) -> int:
    """What the author entered; left empty, what such a text usually takes."""
    return queries.suggested_minutes(kind, data["text"]) if data["minutes"] is None else data["minutes"]


def _uploads(data: dict[str, Any]) -> list[services.Upload]:
    return [services.Upload(name=each.name, content=each.read()) for each in data["attachments"]]
