"""Who decided something about a conversation, when, and why."""

from __future__ import annotations

from django.db import models

from haoke.conversations.choices import AssignmentReason, ReopenReason
from haoke.conversations.models.conversations import Conversation


class Decision(models.Model):
    """Who decided something about a conversation, and when."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=20)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Assignment(Decision):
    """Whom a conversation went to, and why; what the machine chose says what they had open then, of how many."""

    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=AssignmentReason, default=AssignmentReason.BY_HAND)
    note = models.CharField(max_length=500, blank=True)
    load = models.PositiveSmallIntegerField(null=True)
    capacity = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "conversations_assignment"
        indexes = [models.Index(fields=["conversation", "-id"], name="conversations_assigned_last")]


class Closure(Decision):
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "conversations_closure"


class Reopening(Decision):
    reason = models.CharField(max_length=20, choices=ReopenReason)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "conversations_reopening"


class Identification(Decision):
    """A conversation put on an archive by hand, after it had begun without one or on another."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "conversations_identification"
