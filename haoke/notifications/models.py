"""What each colleague was told and has read, what they wish to be told of, and when they were last written to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haoke.notifications.choices import Kind, MailWish, Rhythm


class Notification(models.Model):
    """One fact that one colleague is told of; what it says is read from the fact, when it is read."""

    recipient = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    entry_id = models.BigIntegerField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    # As the recipient wished when it happened.
    in_page = models.BooleanField()
    mail = models.CharField(max_length=10, choices=MailWish)
    # So many of one kind about one subject, the earlier of which are covered by this one.
    count = models.PositiveIntegerField(default=1)
    is_covered = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_notification"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "entry_id"], name="notifications_told_once"),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-at", "-id"],
                condition=Q(in_page=True, is_covered=False),
                name="notifications_list",
            ),
            models.Index(
                fields=["recipient", "-at", "-id"],
                condition=Q(in_page=True, is_covered=False, read_at=None),
                name="notifications_unread",
            ),
            models.Index(
                fields=["recipient", "mail", "at"],
                condition=Q(is_covered=False, read_at=None, mailed_at=None) & ~Q(mail="never"),
                name="notifications_to_mail",
            ),
            models.Index(fields=["at"], name="notifications_oldest"),
        ]


class Choice(models.Model):
    """What a colleague wishes otherwise than the house does by itself."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    in_page = models.BooleanField()
    mail = models.CharField(max_length=10, choices=MailWish)

    class Meta:
        db_table = "notifications_choice"
        constraints = [models.UniqueConstraint(fields=["staff", "kind"], name="notifications_one_choice")]


class Correspondence(models.Model):
    """How often a colleague wants the summary, and when they were last written to."""

    staff = models.OneToOneField("accounts.Staff", primary_key=True, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.HOURLY)
    written_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_correspondence"
