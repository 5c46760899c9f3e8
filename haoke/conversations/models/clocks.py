"""The clocks of a conversation: each counts working time from a start to a target, under one version of one policy."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from haoke.conversations.choices import ClockKind, ClockOutcome
from haoke.conversations.models.conversations import Conversation


class Clock(models.Model):
    """One promise of time. A stopped clock is never touched again: recalculation concerns running ones alone."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=20, choices=ClockKind)
    # The version that set the target, and the calendar it counts by.
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey("policies.WorkCalendar", on_delete=models.PROTECT, related_name="+")
    target_seconds = models.PositiveIntegerField()
    # So many working seconds before the end it warns.
    warning_seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    # Both are empty while the clock is paused or stopped before its time was known to run.
    warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # The deadline rests on a holiday list that is not published yet.
    is_provisional = models.BooleanField(default=False)
    # Recorded once each, whatever happens to the clock later.
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ClockOutcome, blank=True)
    # Working seconds from start to stop, pauses left out.
    elapsed_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "conversations_clock"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "kind"], condition=Q(stopped_at=None), name="conversations_one_running_clock"
            ),
            models.CheckConstraint(
                name="conversations_stopped_clock_has_outcome",
                condition=Q(stopped_at=None, outcome="") | (Q(stopped_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="conversations_target_has_length", condition=Q(target_seconds__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["warn_at"], condition=Q(stopped_at=None, warned_at=None), name="conversations_clock_warns"
            ),
            models.Index(
                fields=["due_at"], condition=Q(stopped_at=None, breached_at=None), name="conversations_clock_ends"
            ),
            models.Index(fields=["stopped_at", "kind"], name="conversations_clock_stopped"),
        ]


class ClockPause(models.Model):
    """A stretch in which a clock stood still because of the conversation's state; open while it lasts."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    state = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "conversations_clockpause"
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="conversations_one_open_pause"),
            models.CheckConstraint(
                name="conversations_pause_has_direction", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))
            ),
        ]
