"""What the composer offers while one types: canned replies after a slash, colleagues after an @."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import queries
from haoke.conversations.models import Conversation
from haoke.conversations.queries import CannedValues, ReadyReply
from haoke.conversations.views.conversations import conversation_page
from haoke.conversations.views.first_mail import first_page
from haoke.core.errors import NotFound
from haoke.core.text.numbers import number_in
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers


@require_safe
@needs("conversations.answer")
def canned(request: Request, conversation_id: int) -> HttpResponse:
    """Canned replies that fit what was typed, filled in for the customer of a conversation."""
    found = _answerable(request, conversation_id)
    replies = queries.canned_replies_for(request.actor, text=_typed(request), category_id=found.category_id)
    values = queries.conversation_values(found, request.actor) if replies else {}
    return _offer(request, queries.ready_replies(replies, values=values, language=queries.language_of(found)))


@require_POST
@needs("conversations.answer")
def canned_insertion(request: Request, conversation_id: int) -> HttpResponse:
    """Without scripts: the page again, with the chosen canned reply below what was typed."""
    found = _answerable(request, conversation_id)
    ready = _chosen(request, queries.conversation_values(found, request.actor), queries.language_of(found))
    return conversation_page(request, conversation_id, typed=_with(request, ready))


@require_safe
@needs("conversations.answer")
def first_canned(request: Request, customer_id: int) -> HttpResponse:
    """Canned replies for a first mail to a customer."""
    customer = customers.customer_by_id(customer_id, request.actor)
    replies = queries.canned_replies_for(request.actor, text=_typed(request))
    values = queries.customer_values(customer_id, request.actor) if replies else {}
    return _offer(request, queries.ready_replies(replies, values=values, language=customer.language or "zh-hans"))


@require_POST
@needs("conversations.answer")
def first_canned_insertion(request: Request, customer_id: int) -> HttpResponse:
    """Without scripts: the page of a first mail again, with the chosen canned reply."""
    customer = customers.customer_by_id(customer_id, request.actor)
    ready = _chosen(request, queries.customer_values(customer_id, request.actor), customer.language or "zh-hans")
    return first_page(request, customer_id, typed=_with(request, ready))


@require_safe
@needs("conversations.answer")
def colleagues(request: Request, conversation_id: int) -> HttpResponse:
    """Colleagues whom a note can call: only those who may read the conversation."""
    found = _answerable(request, conversation_id)
    offered = queries.callable_colleagues(found.pk, request.actor, text=_typed(request))
    return render(request, "conversations/_colleagues.html", {"colleagues": offered})


def _answerable(request: Request, conversation_id: int) -> Conversation:
    found = queries.conversation(conversation_id, request.actor)
    if not queries.answerable_conversations(request.actor).filter(pk=conversation_id).exists():
        raise NotFound()
    return found


def _typed(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "")[:60]


def _offer(request: Request, replies: list[ReadyReply]) -> HttpResponse:
    return render(request, "conversations/_canned.html", {"replies": replies, "is_asking_for_all": not _typed(request)})


def _chosen(request: Request, values: CannedValues, language: str) -> ReadyReply | None:
    chosen = number_in(request.POST.get("canned_choice", ""))
    if chosen is None:
        return None
    reply = queries.canned_reply(chosen, request.actor)
    return queries.ready_replies([reply], values=values, language=language)[0]


def _with(request: Request, ready: ReadyReply | None) -> dict[str, str]:
    typed = request.POST.dict()
    if ready is not None:
        typed["text"] = "\n\n".join(filter(None, (typed.get("text", "").strip(), ready.text)))
    return typed
