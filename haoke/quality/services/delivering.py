"""What became of the mail that asks."""

from __future__ import annotations

from django.db import transaction

from haoke.quality.choices import InvitationState, SuppressionReason
from haoke.quality.models import SurveyInvitation


@transaction.atomic
def note_delivery(*, message_id: int, was_sent: bool) -> SurveyInvitation | None:
    """Notes that the survey mail left, or that it did not arrive, so that it counts neither as asked nor for the cap.

    None where the message asks nothing. An answer that is there already proves more than any mail server.
    """
    invitation = SurveyInvitation.objects.select_for_update().filter(message_id=message_id).first()
    if invitation is None or invitation.state == InvitationState.ANSWERED:
        return invitation
    if was_sent:
        invitation.state, invitation.reason = InvitationState.SENT, ""
    else:
        invitation.state, invitation.reason = InvitationState.SUPPRESSED, SuppressionReason.NOT_DELIVERED
    invitation.save(update_fields=["state", "reason"])
    return invitation
