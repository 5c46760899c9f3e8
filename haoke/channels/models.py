"""Mailboxes, every mail that arrived as it arrived, and every mail of ours with where it stands."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from haoke.channels.choices import (
    Cause,
    ChannelKind,
    IgnoredReason,
    InboundState,
    OutboundState,
    OutgoingSecurity,
    Purpose,
)
from haoke.channels.rules.states import may_recall
from haoke.core.actor import Actor


class ChannelQuerySet(models.QuerySet["Channel"]):
    def active(self) -> ChannelQuerySet:
        return self.filter(is_active=True)

    def visible_to(self, actor: Actor) -> ChannelQuerySet:
        """Whoever sets mailboxes up sees all of them, everybody else those of their own teams."""
        if actor.may("channels.change") or actor.reaches_all_teams:
            return self
        return self.filter(team_id__in=actor.team_ids)


class Channel(models.Model):
    """A mailbox: the address customers write to, the team that answers, and the server our answers leave by."""

    kind = models.CharField(max_length=10, choices=ChannelKind, default=ChannelKind.MAIL)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=254)
    display_name = models.CharField(max_length=100)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    outgoing_host = models.CharField(max_length=253)
    outgoing_port = models.PositiveIntegerField()
    outgoing_security = models.CharField(max_length=10, choices=OutgoingSecurity, default=OutgoingSecurity.STARTTLS)
    outgoing_user = models.CharField(max_length=254, blank=True)
    # Sealed by haoke.channels.passwords; the clear text is neither stored nor shown.
    outgoing_password = models.TextField(blank=True)
    registers_senders = models.BooleanField(default=True)
    acknowledges = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        db_table = "channels_channel"
        ordering = ["-is_active", "name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="channels_channel_address"),
            models.CheckConstraint(name="channels_address_lower", condition=models.Q(address=Lower("address"))),
            models.CheckConstraint(
                name="channels_port_exists", condition=models.Q(outgoing_port__gte=1, outgoing_port__lte=65535)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, actor: Actor) -> InboundMailQuerySet:
        if actor.may("channels.change") or actor.reaches_all_teams:
            return self
        return self.filter(channel__team_id__in=actor.team_ids)


class InboundMailManager(models.Manager.from_queryset(InboundMailQuerySet)):  # type: ignore[misc]
    """Leaves the raw mail in the database until somebody asks for it: a list must not load megabytes."""

    def get_queryset(self) -> InboundMailQuerySet:
        return super().get_queryset().defer("raw")


class InboundMail(models.Model):
    """One accepted mail, byte by byte, and what became of it."""

    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    # Empty for a bounce: the null sender.
    envelope_from = models.CharField(max_length=1000, blank=True)
    envelope_to = ArrayField(models.CharField(max_length=1000))
    size_bytes = models.BigIntegerField()
    raw = models.BinaryField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=InboundState, default=InboundState.STORED)
    reason = models.CharField(max_length=20, choices=IgnoredReason, blank=True)
    failure = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    # Read out of the mail when it is processed.
    identity = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=1000, blank=True)
    sender = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # What it became in a domain above, such as ("conversation", 42).
    became_kind = models.CharField(max_length=40, blank=True)
    became_id = models.BigIntegerField(null=True)

    objects = InboundMailManager()

    class Meta:
        db_table = "channels_inboundmail"
        constraints = [
            models.CheckConstraint(
                name="channels_ignored_has_reason",
                condition=~models.Q(state=InboundState.IGNORED) | ~models.Q(reason=""),
            )
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="channels_inbound_latest"),
            models.Index(fields=["state", "-received_at", "-id"], name="channels_inbound_state"),
            models.Index(fields=["identity"], name="channels_inbound_identity", condition=~models.Q(identity="")),
        ]


class OutboundMailQuerySet(models.QuerySet["OutboundMail"]):
    def visible_to(self, actor: Actor) -> OutboundMailQuerySet:
        if actor.may("channels.change") or actor.reaches_all_teams:
            return self
        return self.filter(channel__team_id__in=actor.team_ids)


class OutboundMail(models.Model):
    """One mail of ours. Each of its addresses is open, delivered or refused; `sending_to` are under way right now."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    # The conversation lives in a domain above, so it is a plain number here.
    conversation_id = models.BigIntegerField(null=True)
    message_id = models.CharField(max_length=500, unique=True)
    recipients = ArrayField(models.CharField(max_length=254))
    cc = ArrayField(models.CharField(max_length=254), default=list)
    # In the envelope alone: no header of the letter names them.
    bcc = ArrayField(models.CharField(max_length=254), default=list)
    subject = models.CharField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    in_reply_to = models.CharField(max_length=1000, blank=True)
    references = ArrayField(models.CharField(max_length=1000), default=list)
    file_ids = ArrayField(models.BigIntegerField(), default=list)
    is_automatic = models.BooleanField(default=False)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.REPLY)
    state = models.CharField(max_length=10, choices=OutboundState, default=OutboundState.QUEUED)
    cause = models.CharField(max_length=20, choices=Cause, blank=True)
    # In the words of the server or the line, for whoever mends it.
    failure = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    sending_to = ArrayField(models.CharField(max_length=254), default=list)
    delivered_to = ArrayField(models.CharField(max_length=254), default=list)
    # By address: {"code": 550, "text": "…", "is_final": true}.
    refusals = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    # Until then its author can take it back; empty where it leaves at once.
    leaves_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = OutboundMailQuerySet.as_manager()

    class Meta:
        db_table = "channels_outboundmail"
        constraints = [
            models.CheckConstraint(name="channels_outbound_has_recipient", condition=models.Q(recipients__len__gte=1)),
            models.CheckConstraint(
                name="channels_sent_has_time",
                condition=~models.Q(state=OutboundState.SENT) | models.Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-queued_at", "-id"], name="channels_outbound_latest"),
            models.Index(fields=["state", "-queued_at", "-id"], name="channels_outbound_state"),
            # The caps on automatic mail look at the last hours alone.
            models.Index(
                fields=["-queued_at"], name="channels_outbound_automatic", condition=models.Q(is_automatic=True)
            ),
        ]

    @property
    def may_be_recalled(self) -> bool:
        return may_recall(self.state, had_window=self.leaves_at is not None, delivered=self.delivered_to)

    @property
    def addresses(self) -> list[str]:
        return [*self.recipients, *self.cc, *self.bcc]

    @property
    def open_addresses(self) -> list[str]:
        """Whom it has not reached yet and who has not been refused for good."""
        return [
            address
            for address in self.addresses
            if address not in self.delivered_to and not self.refusals.get(address, {}).get("is_final")
        ]
