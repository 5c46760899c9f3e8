"""The page on which one writes to a customer first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from haoke.conversations.views.writing import first_writing_context
from haoke.core.ui import render
from haoke.core.ui.gate import Request
from haoke.customers import queries as customers


def first_page(
    request: Request, customer_id: int, *, status: int = 200, problem: str = "", typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; after a refused form with the problem said and everything typed still there. Raises NotFound."""
    customer = customers.customer_by_id(customer_id, request.actor)
    words = {"customer": customer, "problem": problem, **first_writing_context(customer_id, request.actor, typed or {})}
    return render(request, "conversations/new.html", words, status=status)
