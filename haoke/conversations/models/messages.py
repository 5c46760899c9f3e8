"""What was said: mails in both directions, notes among ourselves, logged calls, and their attachments."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models.conversations import Conversation
from haoke.timeline.choices import Direction


class Message(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind)
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    at = models.DateTimeField()
    author_kind = models.CharField(max_length=20)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=200)
    sender = models.CharField(max_length=400, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    recipients = ArrayField(models.CharField(max_length=400), default=list)
    cc = ArrayField(models.CharField(max_length=400), default=list)
    bcc = ArrayField(models.CharField(max_length=400), default=list)
    subject = models.CharField(max_length=300, blank=True)
    # What the author wrote this time, and below it what they quoted; together the whole text.
    text = models.TextField(blank=True)
    quoted_text = models.TextField(blank=True)
    # As it came, and as it may be shown: without scripts, styles and remote pictures.
    html = models.TextField(blank=True)
    safe_html = models.TextField(blank=True)
    safe_quoted_html = models.TextField(blank=True)
    blocked_images = models.PositiveIntegerField(default=0)
    is_automatic = models.BooleanField(default=False)
    automatic_reason = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=20, blank=True)
    header_id = models.CharField(max_length=998, blank=True)
    inbound = models.OneToOneField("channels.InboundMail", null=True, on_delete=models.PROTECT, related_name="+")
    # When our mail left; the touch is recorded at that moment, once, however often it is tried.
    sent_at = models.DateTimeField(null=True)
    outbound = models.OneToOneField("channels.OutboundMail", null=True, on_delete=models.PROTECT, related_name="+")
    # Taken back by its author before it left: no customer ever saw it, and it answers nobody.
    recalled_at = models.DateTimeField(null=True)
    # Made when the form is shown, so that sending the same form twice writes one message.
    submission = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "conversations_message"
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="conversations_message_flow"),
            models.Index(
                fields=["sender", "-at"], condition=models.Q(is_automatic=True), name="conversations_automatic"
            ),
            models.Index(fields=["header_id"], condition=~models.Q(header_id=""), name="conversations_header_id"),
        ]


class ReplyBefore(models.Model):
    """How a conversation stood before a reply that can be taken back, and which version the reply made of it."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    assignee = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    last_message_at = models.DateTimeField()
    version_after = models.PositiveIntegerField()

    class Meta:
        db_table = "conversations_replybefore"


class Participant(models.Model):
    """A mail address that takes part in a conversation; only such a sender is believed about references."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=320)

    class Meta:
        db_table = "conversations_participant"
        constraints = [
            models.UniqueConstraint(fields=["address", "conversation"], name="conversations_participant_once")
        ]


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    content_id = models.CharField(max_length=300, blank=True)
    is_inline = models.BooleanField(default=False)

    class Meta:
        db_table = "conversations_attachment"
