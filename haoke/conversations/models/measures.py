"""What reports count: one row for each conversation, kept true by every change (S0-07, S1-28)."""

from __future__ import annotations

from django.db import models

from haoke.conversations.choices import MessageKind
from haoke.conversations.models.conversations import Conversation


class Measures(models.Model):
    """How a conversation went, in numbers. Seconds are whole; `business` ones are working time of its calendar."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    # How the first word came, whoever said it: by mail, web form or phone.
    came_by = models.CharField(max_length=10, choices=MessageKind, blank=True)
    # Whose work it counts as: who answered first, else whoever it was with when it was finished.
    staff = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    first_response_at = models.DateTimeField(null=True)
    first_response_seconds = models.PositiveIntegerField(null=True)
    first_response_business_seconds = models.PositiveIntegerField(null=True)
    # The last time it was finished, and the first.
    resolved_at = models.DateTimeField(null=True)
    first_resolved_at = models.DateTimeField(null=True)
    resolution_seconds = models.PositiveIntegerField(null=True)
    resolution_business_seconds = models.PositiveIntegerField(null=True)
    messages_in = models.PositiveIntegerField(default=0)
    messages_out = models.PositiveIntegerField(default=0)
    reopenings = models.PositiveIntegerField(default=0)
    handovers = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "conversations_measures"
        indexes = [
            models.Index(fields=["opened_at"], name="conversations_measures_opened"),
            models.Index(fields=["resolved_at"], name="conversations_measures_done"),
        ]
