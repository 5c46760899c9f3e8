"""Asking a customer, after a conversation was closed, how satisfied they are, or noting why we do not (S1-17)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from haoke.accounts.queries import company_name, digest_of
from haoke.conversations import queries as conversations
from haoke.conversations.choices import MessageKind
from haoke.conversations.services import send_automatic
from haoke.core import clock, live, queue
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.customers import queries as customers
from haoke.policies.queries import as_of
from haoke.quality import events, rules
from haoke.quality.choices import InvitationState, SuppressionReason
from haoke.quality.models import SurveyInvitation
from haoke.timeline.choices import Direction
from haoke.timeline.services import record


@transaction.atomic
def invite_once_settled(*, conversation_id: int, closure_id: int, closed_at: datetime, by: Actor) -> None:
    """Asks about a closing; one of many at once, which may still be taken back, is asked about when that time is over.

    Raises NotFound.
    """
    until = conversations.may_be_taken_back_until(conversation_id)
    if until is None:
        invite(conversation_id=conversation_id, closure_id=closure_id, closed_at=closed_at, by=by)
        return
    queue.defer(
        "quality.invite_later",
        at=until + timedelta(seconds=1),
        conversation_id=conversation_id,
        closure_id=closure_id,
        closed_at=closed_at.isoformat(),
    )


@transaction.atomic
def invite(*, conversation_id: int, closure_id: int, closed_at: datetime, by: Actor) -> SurveyInvitation:
    """Sends the survey mail of one closure, once however often it is asked for, or records why it is not sent.

    Raises NotFound.
    """
    now = clock.now()
    conversation = conversations.conversation(conversation_id, by)
    invitation = _invitation_of(conversation, closure_id, now)
    # Two conversations of one customer may close at the same moment: one after the other asks about the cap.
    lock_name(f"quality.survey:{invitation.customer_id or invitation.address}")
    earlier = SurveyInvitation.objects.filter(closure_id=closure_id).first()
    if earlier is not None:
        return earlier
    reason = _why_not(conversation, invitation, closed_at, now)
    if reason is None:
        reason = _send(conversation, invitation, by)
    if reason is not None:
        return _suppress(invitation, reason, by)
    invitation.save()
    record(
        events.SurveyInvited(
            conversation_id=conversation_id, customer_id=invitation.customer_id, invitation_id=invitation.pk
        ),
        by=by,
        at=now,
    )
    return invitation


def _invitation_of(conversation: Any, closure_id: int, now: datetime) -> SurveyInvitation:
    """The invitation as it would be sent, not yet saved."""
    is_unknown = conversation.customer_id is None
    return SurveyInvitation(
        closure_id=closure_id,
        conversation_id=conversation.pk,
        customer_id=conversation.customer_id,
        address=conversation.sender_address.lower() if is_unknown else "",
        assignee_id=conversation.assignee_id,
        team_id=conversation.team_id,
        phase=conversation.category.phase,
        language=conversations.language_of(conversation),
        state=InvitationState.QUEUED,
        created_at=now,
        expires_at=now + timedelta(days=as_of("survey_expiry", at=now).days),
    )


def _why_not(
    conversation: Any, invitation: SurveyInvitation, closed_at: datetime, now: datetime
) -> SuppressionReason | None:
    # A second closing has a survey of its own, and what is open again is not ready to be judged.
    if conversation.closed_at != closed_at:
        return SuppressionReason.REOPENED
    if not _was_served(conversation.pk):
        return SuppressionReason.NOT_SERVED
    if not rules.may_survey(_last_asked_at(invitation), now, as_of("survey_cap", at=now).days):
        return SuppressionReason.CAP
    return None


def _was_served(conversation_id: int) -> bool:
    """Whether a person answered or spoke with the customer: spam or a wrong address, just closed, is no service."""
    return any(
        said.message.kind == MessageKind.CALL
        or (
            said.message.direction == Direction.OUT
            and not said.message.is_automatic
            and said.message.recalled_at is None
        )
        for said in conversations.messages_of(conversation_id)
    )


def _last_asked_at(invitation: SurveyInvitation) -> datetime | None:
    """When the customer (with every archive merged into theirs), or the unknown address, was last asked."""
    asked = SurveyInvitation.objects.exclude(state=InvitationState.SUPPRESSED)
    if invitation.customer_id:
        asked = asked.filter(customer_id__in=customers.family_ids(invitation.customer_id))
    else:
        asked = asked.filter(customer=None, address=invitation.address).exclude(address="")
    return asked.order_by("-created_at").values_list("created_at", flat=True).first()


def _send(conversation: Any, invitation: SurveyInvitation, by: Actor) -> SuppressionReason | None:
    """Queues the mail with the only clear copy of the secret; the reason why not, where nothing can be sent."""
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_of(token)
    with translation.override(invitation.language):
        message = send_automatic(
            conversation_id=conversation.pk,
            subject=_("How was our service?"),
            text=_text(conversation, invitation, token),
            secret=token,
            purpose="survey",
            by=by,
        )
    if message is None:
        return SuppressionReason.NO_ADDRESS
    invitation.message_id = message.pk
    return None


def _text(conversation: Any, invitation: SurveyInvitation, token: str) -> str:
    """The mail in the active language: what it is about, the link, until when; never a word of what was written."""
    last_day = timezone.localtime(invitation.expires_at).date()
    return _(
        "Your conversation %(reference)s with us is closed. How was our service?\n\n"
        "One number from 1 to 5 is enough, and it takes a moment:\n%(link)s\n\n"
        "The link is yours alone. You can answer, and change your answer, until %(last_day)s.\n"
        "If something is still open, simply reply to this mail.\n\n%(company)s"
    ) % {
        "reference": conversation.reference,
        "link": f"{settings.BASE_URL}{reverse('quality:survey', args=[token])}",
        "last_day": formats.date_format(last_day),
        "company": company_name(),
    }


def _suppress(invitation: SurveyInvitation, reason: SuppressionReason, by: Actor) -> SurveyInvitation:
    invitation.state, invitation.reason, invitation.token_digest = InvitationState.SUPPRESSED, reason, None
    invitation.save()
    record(
        events.SurveySuppressed(
            conversation_id=invitation.conversation_id,
            customer_id=invitation.customer_id,
            invitation_id=invitation.pk,
            reason=reason,
        ),
        by=by,
        at=invitation.created_at,
    )
    live.announce(f"conversation:{invitation.conversation_id}")
    return invitation
