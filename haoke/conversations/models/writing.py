"""What helps to write: drafts that survive, and canned replies."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haoke.conversations.choices import CannedScope, MessageKind
from haoke.conversations.models.conversations import Conversation


class Draft(models.Model):
    """What a colleague has begun to write, kept while they type and gone when it is sent."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MessageKind)
    text = models.TextField(blank=True)
    recipients = ArrayField(models.CharField(max_length=400), default=list)
    cc = ArrayField(models.CharField(max_length=400), default=list)
    bcc = ArrayField(models.CharField(max_length=400), default=list)
    # Uploaded while writing: files of which no message knows yet.
    file_ids = ArrayField(models.BigIntegerField(), default=list)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "conversations_draft"
        constraints = [models.UniqueConstraint(fields=["staff", "conversation"], name="conversations_one_draft")]


class CannedReply(models.Model):
    """A text that is needed often, in both languages, called up by `/` and its shortcut."""

    shortcut = models.SlugField(max_length=40, allow_unicode=True)
    title = models.CharField(max_length=100)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    scope = models.CharField(max_length=10, choices=CannedScope)
    owner = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey("conversations.Category", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    used_count = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "conversations_cannedreply"
        ordering = ["shortcut", "pk"]
        constraints = [
            models.CheckConstraint(name="conversations_canned_has_text", condition=~Q(text_zh="") | ~Q(text_en="")),
            models.CheckConstraint(
                name="conversations_canned_belongs",
                condition=Q(scope="personal", owner__isnull=False, team=None)
                | Q(scope="team", team__isnull=False)
                | Q(scope="company", team=None),
            ),
        ]
