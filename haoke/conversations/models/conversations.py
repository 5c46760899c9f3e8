"""The thread a customer and we share."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import translation

from haoke.conversations.choices import ClockState, Phase, State, Urgency
from haoke.core.paging import NEVER

UNFINISHED = (State.NEW, State.OPEN, State.WAITING, State.ON_HOLD)
# What the inbox is about: a small part of all conversations, so each order of it has an index of its own.
_AT_WORK = Q(state__in=UNFINISHED, merged_into=None)


class Category(models.Model):
    """What a conversation is about; it knows its phase of service (S0-11)."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    phase = models.CharField(max_length=10, choices=Phase)
    # What a colleague must know to answer such a conversation; empty where anybody can.
    skill = models.ForeignKey("accounts.Skill", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "conversations_category"
        ordering = ["position", "code"]

    @property
    def name(self) -> str:
        return self.name_zh if (translation.get_language() or "").startswith("zh") else self.name_en


class Conversation(models.Model):
    """Belongs to a customer's archive, or is explicitly unidentified (S0-69)."""

    subject = models.CharField(max_length=300, blank=True)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    preview = models.CharField(max_length=160, blank=True)
    opened_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # The oldest word of the customer that no person has answered yet.
    waiting_since = models.DateTimeField(null=True)
    # The earliest deadline of a running clock, and how its clocks stand (models/clocks.py is the truth of both).
    due_at = models.DateTimeField(null=True)
    clock_state = models.CharField(max_length=10, choices=ClockState, default=ClockState.NONE)
    snoozed_until = models.DateTimeField(null=True)
    # Merged into another, which tells the story on; no row moves, so that it can be undone.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Who answered first stays who answered first; who is accountable changes by an accepted handover (METHODS B14).
    first_responder = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    accountable = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "conversations_conversation"
        indexes = [
            models.Index(fields=["-last_message_at", "-id"], name="conversations_latest"),
            models.Index(fields=["state", "-last_message_at", "-id"], name="conversations_state"),
            models.Index(fields=["assignee", "state", "-last_message_at", "-id"], name="conversations_assignee"),
            models.Index(fields=["team", "state", "-last_message_at", "-id"], name="conversations_team"),
            models.Index(fields=["customer", "-last_message_at", "-id"], name="conversations_customer"),
            models.Index(fields=["-last_message_at", "-id"], condition=_AT_WORK, name="conversations_work_latest"),
            models.Index(fields=["-opened_at", "-id"], condition=_AT_WORK, name="conversations_work_opened"),
            models.Index(
                Coalesce(F("waiting_since"), NEVER), F("id"), condition=_AT_WORK, name="conversations_work_waiting"
            ),
            models.Index(Coalesce(F("due_at"), NEVER), F("id"), condition=_AT_WORK, name="conversations_work_due"),
        ]

    @property
    def reference(self) -> str:
        return f"HK-{self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state in (State.SOLVED, State.CLOSED)
