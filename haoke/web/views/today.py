"""Today: what I have to do, and what I am in the middle of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.channels import queries as channels
from haoke.conversations import queries as conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.ui import render
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs, signed_in
from haoke.customers import queries as customers
from haoke.worklist import queries as worklist
from haoke.worklist import services


@require_safe
@signed_in
def today(request: Request) -> HttpResponse:
    """The first page for everybody; who has no worklist sees what else there is."""
    actor = request.actor
    todos = worklist.open_items(actor) if actor.may("worklist.view") else []
    return render(
        request,
        "web/today.html",
        {
            "groups": _grouped(todos, actor),
            "names": customers.names_within_reach([todo.customer_id for todo in todos], actor),
            "mine": conversations.rows_of_staff(actor) if actor.may("conversations.answer") else [],
            "needs_mailbox": actor.may("channels.change") and channels.default_channel() is None,
        },
    )


@require_POST
@needs("worklist.view")
def finish(request: Request, item_id: int) -> HttpResponse:
    services.finish_item(item_id=item_id, by=request.actor)
    # The toast offers to take it back.
    notices.success(request, _("Done."), extra_tags=reverse("web:reopen", args=[item_id]))
    return redirect("web:today")


@require_POST
@needs("worklist.view")
def reopen(request: Request, item_id: int) -> HttpResponse:
    services.reopen_item(item_id=item_id, by=request.actor)
    return redirect("web:today")


def _grouped(todos: list[worklist.Todo], actor: Actor) -> list[dict[str, Any]]:
    """Overdue, today, this week and later, in the actor's own day; empty groups are left out."""
    now = clock.now()
    local = now.astimezone(zone_of(actor))
    tonight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    bounds = [
        (_("Overdue"), now),
        (_("Today"), tonight),
        (_("This week"), tonight + timedelta(days=7)),
        (_("Later"), None),
    ]
    groups: list[dict[str, Any]] = [{"label": label, "todos": []} for label, _bound in bounds]
    for todo in todos:
        place = next(i for i, (_label, bound) in enumerate(bounds) if bound is None or todo.due_at < bound)
        groups[place]["todos"].append(todo)
    return [group for group in groups if group["todos"]]
