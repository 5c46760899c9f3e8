"""Writing from the page: answers, notes, calls, and a first mail to a customer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haoke.conversations import services
from haoke.conversations.forms import MessageForm, NewConversationForm, problem_of
from haoke.conversations.rules import suggested_minutes
from haoke.conversations.services.attaching import Upload
from haoke.conversations.views.conversations import conversation_page
from haoke.core import clock
from haoke.core.errors import Invalid, NotFound, Refusal
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.policies import queries as policies


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
    return _see_other(f"{reverse('conversations:conversation', args=[conversation_id])}#message-{message.pk}")


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
        else:
            notices.success(request, _("On its way."))
            return _see_other(reverse("conversations:conversation", args=[conversation.pk]))
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
    return _see_other(reverse("conversations:conversation", args=[message.conversation_id]))


@require_POST
@needs("conversations.answer")
def trial(request: Request, message_id: int) -> HttpResponse:
    """Sends a failed or refused mail once more."""
    message = services.send_again(message_id=message_id, by=request.actor)
    return _see_other(reverse("conversations:conversation", args=[message.conversation_id]))


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
    if data["minutes"] is not None:
        return data["minutes"]
    least = getattr(policies.as_of("minutes_suggested", at=clock.now()), kind)
    return suggested_minutes(data["text"], least=least)


def _uploads(data: dict[str, Any]) -> list[Upload]:
    return [Upload(name=each.name, content=each.read()) for each in data["attachments"]]


def _see_other(address: str) -> HttpResponseRedirect:
    """After a form was taken, the browser fetches the page anew."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
