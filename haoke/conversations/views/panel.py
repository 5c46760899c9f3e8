"""What stands beside the flow: who the customer is, what else goes on with them, how the conversation is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from haoke.conversations import queries
from haoke.conversations.choices import State, Urgency
from haoke.conversations.forms import AssignmentForm, category_choices
from haoke.conversations.models import Conversation
from haoke.conversations.views.clocks import clock_words
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers import queries as customers
from haoke.timeline import queries as timeline

TOUCHES = 3


def panel_words(found: Conversation, family: Sequence[int], actor: Actor, *, can_answer: bool) -> dict[str, Any]:
    """Everything the panel of a conversation shows; a fixed number of queries."""
    return {
        "card": _card(found.customer, family, actor) if found.customer else None,
        "candidates": _candidates(found, actor) if can_answer else [],
        "shown_address": customers.shown_contact(found.sender_address, "mail", actor) if found.sender_address else "",
        **clock_words(found, actor),
        "order": queries.order_of(found.pk, actor, now=clock.now()),
        "handover": queries.open_handover(found.pk),
        "placement": queries.last_assignment(found.pk),
        "waiting_because": queries.why_nobody(found) if found.assignee_id is None and found.team_id else "",
        "assignment": AssignmentForm(initial={"assignee": found.assignee_id, "team": found.team_id})
        if can_answer
        else None,
        "states": [
            # The present state stands in the list even where nobody may choose it, or the list would claim another.
            each
            for each in State.choices
            if each[0] in (found.state, State.OPEN, State.WAITING, State.ON_HOLD, State.SOLVED)
        ],
        "urgencies": Urgency.choices,
        "categories": category_choices() if can_answer else [],
    }


def _card(customer: Any, family: Sequence[int], actor: Actor) -> dict[str, Any]:
    """The customer at a glance: who they are, who answers for them, when we last spoke, what else is open (S0-08).

    `customer` is the row that came with the conversation, so that who it is costs no query of its own.
    """
    archives = customers.family_ids(customer.pk)
    others = queries.other_conversations(archives, family, actor)
    touches = timeline.customer_history(archives, most=TOUCHES, touches_only=True)
    return {
        "name": customer.name,
        "number": customer.number,
        "since": customer.created_at,
        "kind": customer.kind,
        "kind_label": customer.get_kind_display(),
        "honorific": customer.get_honorific_display(),
        "position": customer.position,
        "nature": customer.get_nature_display(),
        "language": customer.get_language_display(),
        "note": customer.note,
        "owner": customers.primary_owner_name(customer.pk),
        # Worth a word from the first whole day on.
        "silent_days": (clock.now() - touches[0].at).days if touches else 0,
        "touches": [
            {"line": line, "url": reverse("conversations:conversation", args=[line.subject_id])}
            if line.subject_kind == "conversation"
            else {"line": line, "url": None}
            for line in touches
        ],
        "others": others[: queries.MOST_OTHERS],
        "has_more_others": len(others) > queries.MOST_OTHERS,
    }


def _candidates(found: Conversation, actor: Actor) -> list[tuple[int, customers.CustomerName]]:
    """Archives within reach that hold the sender's address, proposed while the conversation stands on none."""
    if found.customer_id or not found.sender_address:
        return []
    matches = customers.matches_for_address("mail", found.sender_address)
    within_reach = customers.visible_customers(actor).filter(pk__in=matches).values_list("pk", flat=True)
    return list(customers.names(within_reach).items())
