"""How conversations find somebody: a team's rule, and handovers that count only when accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haoke.conversations.choices import HandoverEnd, RoutingMethod
from haoke.conversations.models.decisions import Decision


class Routing(models.Model):
    """How a team's new conversations are given out; a team without a row gives them out by hand."""

    team = models.OneToOneField("accounts.Team", on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=20, choices=RoutingMethod, default=RoutingMethod.BY_HAND)
    is_owner_first = models.BooleanField(default=True)
    matches_skill = models.BooleanField(default=True)
    matches_language = models.BooleanField(default=True)
    # Open conversations one colleague holds at most, unless their own number says otherwise.
    capacity = models.PositiveSmallIntegerField(default=20)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "conversations_routing"


class RoutingTurn(models.Model):
    """When a colleague was last given a conversation of a team: round robin goes on with the longest ago."""

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "conversations_routingturn"
        constraints = [models.UniqueConstraint(fields=["team", "staff"], name="conversations_one_turn")]


class Handover(Decision):
    """Passing a conversation on (首问负责, METHODS B14): the giver stays accountable until it is accepted and told."""

    giver = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    # By then somebody has accepted it, counted in working time; past it, that nobody did is said once.
    due_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    customer_told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=HandoverEnd, blank=True)

    class Meta:
        db_table = "conversations_handover"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at=None), name="conversations_one_open_handover"
            )
        ]
        indexes = [
            models.Index(fields=["ended_at", "at"], name="conversations_handover_open"),
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at=None, accepted_at=None, dropped_at=None),
                name="conversations_handover_due",
            ),
        ]
