"""What helps to write: drafts that survive, and canned replies."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haoke.conversations.choices import CannedScope, MessageKind
from haoke.conversations.models.conversations import Conversation


class Draft(models.Model):
    """What a colleague has begun to write, kept while they type and gone when it is sent.

    It belongs to a conversation, or to a customer to whom they write first.
    """

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MessageKind)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    recipients = ArrayField(models.CharField(max_length=400), default=list)
    cc = ArrayField(models.CharField(max_length=400), default=list)
    bcc = ArrayField(models.CharField(max_length=400), default=list)
    # Also to everybody else whom the last mail named.
    is_to_all = models.BooleanField(default=False)
    # Uploaded while writing: files of which no message knows yet.
    file_ids = ArrayField(models.BigIntegerField(), default=list)
    saved_at = models.DateTimeField()
    # The form that saved it last, so that of two windows the later one learns of the other.
    submission = models.UUIDField(null=True)
    # Thrown away, and for a day still there to be taken back.
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "conversations_draft"
        constraints = [
            models.UniqueConstraint(fields=["staff", "conversation"], name="conversations_one_draft"),
            models.UniqueConstraint(fields=["staff", "customer"], name="conversations_one_first_draft"),
            models.CheckConstraint(
                name="conversations_draft_of_one",
                condition=Q(conversation=None, customer__isnull=False) | Q(conversation__isnull=False, customer=None),
            ),
        ]


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
            models.UniqueConstraint(
                fields=["owner", "shortcut"], condition=Q(scope="personal"), name="conversations_canned_own_once"
            ),
            models.UniqueConstraint(
                fields=["team", "shortcut"], condition=Q(scope="team"), name="conversations_canned_team_once"
            ),
            models.UniqueConstraint(
                fields=["shortcut"], condition=Q(scope="company"), name="conversations_canned_company_once"
            ),
        ]
