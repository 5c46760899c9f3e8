"""What a customer's link opens: what it is about and what they answered, never what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haoke.accounts.queries import digest_of
from haoke.channels.queries import default_channel
from haoke.core import clock
from haoke.core.errors import NotFound
from haoke.quality import rules
from haoke.quality.models import SurveyInvitation


@dataclass(frozen=True)
class Survey:
    """One invitation as its customer sees it; without an answer, `score` is None."""

    invitation_id: int
    reference: str
    closed_at: datetime
    expires_at: datetime
    language: str
    customer_id: int | None
    customer_name: str
    reply_address: str
    score: int | None
    comment: str
    is_over: bool


def survey_by_token(token: str) -> Survey:
    """The survey behind a link, in one query. Raises NotFound."""
    invitation = (
        SurveyInvitation.objects.select_related("answer", "customer", "conversation__channel", "closure")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if invitation is None:
        raise NotFound()
    conversation, customer = invitation.conversation, invitation.customer
    answer = getattr(invitation, "answer", None)
    return Survey(
        invitation_id=invitation.pk,
        reference=conversation.reference,
        closed_at=invitation.closure.at,
        expires_at=invitation.expires_at,
        language=invitation.language,
        customer_id=invitation.customer_id,
        customer_name=customer.name if customer else conversation.sender_name,
        reply_address=conversation.channel.address if conversation.channel else "",
        score=answer.score if answer else None,
        comment=answer.comment if answer else "",
        is_over=rules.is_over(invitation.expires_at, clock.now()),
    )


def way_on_address() -> str:
    """Where somebody whose link leads nowhere can write to, empty where no mailbox is set up."""
    channel = default_channel()
    return channel.address if channel else ""
