"""Writing from the page: answers, notes, calls, and a first mail to a customer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import queries, services
from haoke.conversations.forms import MessageForm, MinutesForm, NewConversationForm, problem_of
from haoke.conversations.views.conversations import conversation_page
from haoke.core.errors import Invalid, NotFound, Refusal
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers


@require_POST
@needs("conversations.answer")
def create(request: Request, conversation_id: int) -> HttpResponse:
    """Sends a reply, saves a note or logs a call; on a refusal the page comes back with everything typed."""
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return conversation_page(
            request, conversation_id, status=422, problem=problem_of(form), typed=request.POST.dict()
        )
    try:
        message = _write(conversation_id, form.cleaned_data, request)
    except NotFound:
        raise
    except Refusal as refusal:
        return conversation_page(
            request, conversation_id, status=refusal.status, problem=str(refusal), typed=request.POST.dict()
        )
    return redirect(f"{resolve_url('conversations:conversation', conversation_id)}#message-{message.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("conversations.answer")
def new(request: Request, customer_id: int) -> HttpResponse:
    """A first mail to a customer."""
    customer = customers.customer_by_id(customer_id, request.actor)
    first = {"recipients": ", ".join(customers.mail_addresses(customer.pk)[:1]), "submission": uuid.uuid4()}
    form = NewConversationForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            conversation = services.start_conversation(
                customer_id=customer.pk,
                subject=data["subject"],
                text=data["text"],
                recipients=data["recipients"],
                uploads=_uploads(data),
                minutes=_minutes(data, "reply"),
                submission=data["submission"],
                by=request.actor,
            )
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            # What is sent once more is a submission of its own.
            typed = request.POST.copy()
            typed["submission"] = str(uuid.uuid4())
            form.data = typed
        else:
            notices.success(request, _("On its way."))
            return redirect("conversations:conversation", conversation.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "conversations/new.html", {"form": form, "customer": customer}, status=status)


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
def minutes(request: Request, message_id: int) -> HttpResponse:
    """Corrects how long a reply, a note or a call took."""
    form = MinutesForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem_of(form), field="minutes")
    message = services.correct_minutes(message_id=message_id, minutes=form.cleaned_data["minutes"], by=request.actor)
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
        return services.write_note(**common, uploads=_uploads(data))
    if kind == "call":
        return services.log_call(**common, direction=data["direction"] or "out")
    return services.reply(
        **common, recipients=data["recipients"], cc=data["cc"], uploads=_uploads(data), state=data["state"]
    )


def _minutes(data: dict[str, Any], kind: str) -> int:
    """What the author entered; left empty, what such a text usually takes."""
    return queries.suggested_minutes(kind, data["text"]) if data["minutes"] is None else data["minutes"]


def _uploads(data: dict[str, Any]) -> list[services.Upload]:
    return [services.Upload(name=each.name, content=each.read()) for each in data["attachments"]]
