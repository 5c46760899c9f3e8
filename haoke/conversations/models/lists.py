"""How the inbox is looked at: saved views, kept counts, changes of many at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haoke.conversations.choices import BulkAction, BulkState, ClockState, Sharing, State
from haoke.conversations.models.conversations import Conversation


class SavedView(models.Model):
    """A search with a name, such as `status:open tag:退费`; shared with a team or with everybody."""

    name = models.CharField(max_length=60)
    search = models.CharField(max_length=500)
    sort = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.PRIVATE)
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # Taken off the list, and put back where that was a mistake.
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "conversations_savedview"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="conversations_view_shared_with_team", condition=~Q(sharing="team") | Q(team__isnull=False)
            )
        ]


class InboxCount(models.Model):
    """So many conversations more or fewer of one sort; the sum over the rows of a sort is how many there are.

    A trigger of the database adds a row with every change, so that no change waits for another; a job sums them up.
    """

    team_id = models.BigIntegerField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State)
    clock_state = models.CharField(max_length=10, choices=ClockState)
    is_snoozed = models.BooleanField()
    amount = models.IntegerField()

    class Meta:
        db_table = "conversations_inboxcount"
        indexes = [
            models.Index(fields=["assignee_id", "state"], name="conversations_count_assignee"),
            models.Index(fields=["team_id", "state"], name="conversations_count_team"),
        ]


class BulkChange(models.Model):
    """One act on many conversations at once; its rows say what became of each, so that it can be taken back."""

    action = models.CharField(max_length=20, choices=BulkAction)
    # What is set: the assignee's id, a tag's name, a state; and the team's id where that belongs to it.
    value = models.CharField(max_length=500, blank=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.RUNNING)
    total = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "conversations_bulkchange"


class BulkChangeRow(models.Model):
    """One conversation of a bulk change: open, changed or refused, with what it was before."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    is_done = models.BooleanField(default=False)
    is_changed = models.BooleanField(default=False)
    # What the value was before, in the notation of `BulkChange.value`, and the version this change made.
    before = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "conversations_bulkchangerow"
        constraints = [models.UniqueConstraint(fields=["change", "conversation"], name="conversations_bulk_once")]


class Viewing(models.Model):
    """Who has a conversation open right now, and whether they write; forgotten when no sign of life comes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "conversations_viewing"
        constraints = [models.UniqueConstraint(fields=["conversation", "staff"], name="conversations_viewing_once")]
