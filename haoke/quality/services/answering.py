"""The customer's answer: recorded once for each link, changeable until the link expires."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.accounts.queries import digest_of
from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.quality import events, rules
from haoke.quality.choices import InvitationState
from haoke.quality.models import SurveyAnswer, SurveyInvitation
from haoke.timeline.services import record


@transaction.atomic
def answer_survey(*, token: str, score: int, comment: str = "", by: Actor) -> SurveyAnswer:
    """Records or changes the answer behind a link; the same answer again changes nothing.

    The secret in the link is the permission. Raises NotFound, SurveyExpired, ScoreNeeded.
    """
    now = clock.now()
    # Held until the end, so that two answers at the same moment become one and its change.
    invitation = SurveyInvitation.objects.select_for_update().filter(token_digest=digest_of(token)).first()
    if invitation is None:
        raise NotFound()
    rules.check_answerable(invitation.expires_at, now)
    rules.check_score(score)
    answer = SurveyAnswer.objects.filter(invitation=invitation).first()
    if answer is None:
        return _first_answer(invitation, score, comment.strip(), now, by)
    if (answer.score, answer.comment) != (score, comment.strip()):
        _change(answer, invitation, score, comment.strip(), now, by)
    return answer


def _first_answer(invitation: SurveyInvitation, score: int, comment: str, now: datetime, by: Actor) -> SurveyAnswer:
    answer = SurveyAnswer.objects.create(invitation=invitation, score=score, comment=comment, answered_at=now)
    invitation.state, invitation.reason = InvitationState.ANSWERED, ""
    invitation.save(update_fields=["state", "reason"])
    record(
        events.SurveyAnswered(
            conversation_id=invitation.conversation_id,
            customer_id=invitation.customer_id,
            invitation_id=invitation.pk,
            answer_id=answer.pk,
            score=score,
            has_comment=bool(comment),
        ),
        by=by,
        at=now,
    )
    _announce(invitation)
    return answer


def _change(
    answer: SurveyAnswer, invitation: SurveyInvitation, score: int, comment: str, now: datetime, by: Actor
) -> None:
    old_score = answer.score
    answer.score, answer.comment, answer.changed_at = score, comment, now
    answer.save(update_fields=["score", "comment", "changed_at"])
    record(
        events.SurveyAnswerChanged(
            conversation_id=invitation.conversation_id,
            customer_id=invitation.customer_id,
            invitation_id=invitation.pk,
            answer_id=answer.pk,
            old_score=old_score,
            score=score,
            has_comment=bool(comment),
        ),
        by=by,
        at=now,
    )
    _announce(invitation)


def _announce(invitation: SurveyInvitation) -> None:
    names = [f"conversation:{invitation.conversation_id}"]
    if invitation.customer_id:
        names.append(f"customer:{invitation.customer_id}")
    live.announce(*names)
