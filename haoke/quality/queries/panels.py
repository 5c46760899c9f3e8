"""What the page of a customer shows of surveys."""

from __future__ import annotations

from collections.abc import Iterable

from haoke.conversations.queries import visible_conversations
from haoke.core.actor import Actor
from haoke.quality.models import SurveyAnswer
from haoke.quality.queries.answers import AnswerRow, read_rows


def answers_of_customers(customer_ids: Iterable[int], actor: Actor, *, most: int = 10) -> list[AnswerRow]:
    """What the customer (the family of ids after merges) answered, the latest first, as far as the actor reaches."""
    if not actor.may("quality.view"):
        return []
    found = SurveyAnswer.objects.filter(
        invitation__customer_id__in=list(customer_ids), invitation__conversation__in=visible_conversations(actor)
    )
    return read_rows(found, most=most)
