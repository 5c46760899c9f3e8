"""The mailboxes of the demo's customers: every mail they got from us and wrote to us, byte by byte."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haoke.demo.choices import Direction, SendingState


class CustomerMail(models.Model):
    """One mail in the mailbox of one playing customer."""

    mailbox = models.CharField(max_length=320)
    direction = models.CharField(max_length=3, choices=Direction)
    sender_name = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    raw = models.BinaryField()
    message_id = models.CharField(max_length=1000, blank=True)
    in_reply_to = models.CharField(max_length=1000, blank=True)
    references = ArrayField(models.CharField(max_length=1000), default=list)
    # The Message-ID of the mail the exchange began with: what belongs together carries the same one.
    thread = models.CharField(max_length=1000)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SendingState, blank=True)
    # In the words of the server or the line.
    failure = models.TextField(blank=True)

    class Meta:
        db_table = "demo_customermail"
        constraints = [
            models.CheckConstraint(
                name="demo_only_sent_mail_has_state",
                condition=models.Q(direction="in", state="") | (models.Q(direction="out") & ~models.Q(state="")),
            )
        ]
        indexes = [
            models.Index(fields=["mailbox", "-received_at", "-id"], name="demo_mailbox_latest"),
            models.Index(fields=["mailbox", "message_id"], name="demo_mailbox_message_id"),
            models.Index(fields=["mailbox", "thread"], name="demo_mailbox_thread"),
        ]

    @property
    def is_sent(self) -> bool:
        """Whether the customer wrote it."""
        return self.direction == Direction.OUT
