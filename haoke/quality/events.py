"""What happens around surveys, told on the conversation they are about; comments never enter a fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.quality.choices import SuppressionReason
from haoke.timeline.choices import Audience, Direction, TouchChannel
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SurveyFact(Fact):
    subject = "conversation"
    icon = "star"
    conversation_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyInvited(SurveyFact):
    """No touch: what the house sends by itself is no contact between people."""

    kind = "survey.invited"
    sentence = _("The customer was asked to rate HK-%(conversation_id)s")


@dataclass(frozen=True, kw_only=True)
class SurveySuppressed(SurveyFact):
    kind = "survey.suppressed"
    sentence = _("No survey for HK-%(conversation_id)s: %(reason)s")
    labels = {"reason": SuppressionReason}
    reason: str


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(SurveyFact):
    """A touch: the customer told us something on our page."""

    kind = "survey.answered"
    audience = Audience.CUSTOMER
    channel = TouchChannel.PORTAL
    direction = Direction.IN
    sentence = _("%(by)s rated HK-%(conversation_id)s with %(score)s of 5")
    answer_id: int
    score: int
    has_comment: bool


@dataclass(frozen=True, kw_only=True)
class SurveyAnswerChanged(SurveyFact):
    """The same contact, put right: no second touch."""

    kind = "survey.answer_changed"
    audience = Audience.CUSTOMER
    sentence = _("%(by)s changed the rating of HK-%(conversation_id)s from %(old_score)s to %(score)s of 5")
    answer_id: int
    old_score: int
    score: int
    has_comment: bool


@dataclass(frozen=True, kw_only=True)
class AnswersExported(Fact):
    kind = "survey_answers.exported"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "download"
    sentence = _("%(by)s exported survey answers of %(days)s days (rows: %(row_count)s)")
    staff_id: int | None
    days: int
    row_count: int
