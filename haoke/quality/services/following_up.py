"""A low score becomes somebody's task at once: call, ask, put it right (S0-39, S3-03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.customers import queries as customers
from haoke.policies import queries as policies
from haoke.quality import rules
from haoke.quality.models import SurveyInvitation
from haoke.quality.worklist_kinds import LOW_SCORE
from haoke.worklist.services import add_item

# Two working hours: while the customer still remembers, and never at night.
TIME_TO_CALL_SECONDS = 2 * 3600


@transaction.atomic
def follow_up(*, invitation_id: int, score: int, answered_at: datetime) -> None:
    """Puts a low score on the list of whoever answers for the customer.

    An open task stays when the customer raises the score later: a person looks at it and finishes it.
    """
    if not rules.is_low_score(score, policies.as_of("low_score", at=answered_at).threshold):
        return
    invitation = SurveyInvitation.objects.get(pk=invitation_id)
    assignee_id = _who_calls(invitation)
    add_item(
        kind=LOW_SCORE,
        subject_kind="survey_invitation",
        subject_id=invitation.pk,
        customer_id=invitation.customer_id,
        assignee_id=assignee_id,
        team_id=invitation.team_id,
        details={"conversation_id": invitation.conversation_id, "score": score},
        due_at=policies.add_working_seconds(answered_at, TIME_TO_CALL_SECONDS, policies.working_calendar()),
    )


def _who_calls(invitation: SurveyInvitation) -> int | None:
    """The customer's owner, else who answered the conversation; None leaves it to the team.

    Where no team is known either, a supervisor takes it, so that no unhappy customer is nobody's.
    """
    owner_id = customers.primary_owner(invitation.customer_id) if invitation.customer_id else None
    for staff_id in (owner_id, invitation.assignee_id):
        if accounts.is_active_staff(staff_id):
            return staff_id
    if invitation.team_id is None:
        return next(iter(accounts.supervisors_of_team(None)), None)
    return None
