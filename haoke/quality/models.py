"""Every closure's invitation, sent or not and why, and the one answer that may follow it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haoke.conversations.choices import Phase
from haoke.quality.choices import InvitationState, Score, SuppressionReason
from haoke.quality.rules import LONGEST_COMMENT


class SurveyInvitation(models.Model):
    """One survey offered to one customer once; who answered for the conversation is kept as it was at its closing.

    The secret in the link is 256 random bits, of which only the SHA-256 is kept; a suppressed invitation has none.
    """

    closure = models.OneToOneField("conversations.Closure", on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        "customers.Customer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # The message of the mail that asks, by which its delivery is known.
    message = models.OneToOneField("conversations.Message", null=True, on_delete=models.PROTECT, related_name="+")
    # Whom we asked while the customer is unknown: then the cap counts by address.
    address = models.CharField(max_length=320, blank=True)
    assignee = models.ForeignKey(
        "accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    phase = models.CharField(max_length=10, choices=Phase)
    language = models.CharField(max_length=10)
    token_digest = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=10, choices=InvitationState)
    reason = models.CharField(max_length=20, choices=SuppressionReason, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "quality_surveyinvitation"
        constraints = [
            models.CheckConstraint(
                name="quality_suppressed_has_reason",
                condition=(Q(state="suppressed") & ~Q(reason="")) | (~Q(state="suppressed") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="quality_asked_has_token", condition=Q(state="suppressed") | Q(token_digest__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="quality_invitation_latest"),
            models.Index(fields=["customer", "-created_at"], name="quality_invitation_customer"),
            models.Index(
                fields=["address", "-created_at"], condition=~Q(address=""), name="quality_invitation_address"
            ),
        ]


class SurveyAnswer(models.Model):
    """What the customer said last; that it was changed, and from what, is in the timeline."""

    invitation = models.OneToOneField(SurveyInvitation, on_delete=models.PROTECT, related_name="answer")
    score = models.PositiveSmallIntegerField(choices=Score)
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    answered_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "quality_surveyanswer"
        constraints = [models.CheckConstraint(name="quality_score_1_to_5", condition=Q(score__gte=1, score__lte=5))]
        indexes = [models.Index(fields=["-answered_at", "-id"], name="quality_answer_latest")]
