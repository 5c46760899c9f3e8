"""The append-only tables of facts and of looks at personal data, and the batches in which reactions run."""

from __future__ import annotations

from django.db import models

from haoke.timeline.choices import AccessKind, Audience, Direction, TouchChannel


class Batch(models.Model):
    """The facts of one transaction that somebody reacts to; its reactions run in one job."""

    created_at = models.DateTimeField()

    class Meta:
        db_table = "timeline_batch"


class Entry(models.Model):
    """One fact. A database trigger refuses every update and delete."""

    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience)
    channel = models.CharField(max_length=10, choices=TouchChannel, blank=True)
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    payload = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        db_table = "timeline_entry"
        constraints = [
            models.CheckConstraint(
                name="timeline_touch_is_whole",
                condition=models.Q(channel="", direction="") | (~models.Q(channel="") & ~models.Q(direction="")),
            )
        ]
        indexes = [
            models.Index(fields=["customer_id", "-at", "-id"], name="timeline_customer"),
            models.Index(fields=["subject_kind", "subject_id", "-at", "-id"], name="timeline_subject"),
            models.Index(fields=["kind", "-at"], name="timeline_kind"),
            models.Index(fields=["-at", "-id"], name="timeline_latest"),
        ]


class Reaction(models.Model):
    """A reaction that is done; written in the reaction's own transaction, so it happens exactly once."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "timeline_reaction"
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="timeline_reaction_once")]


class Access(models.Model):
    """Somebody looked at personal data: one row a quarter of an hour for whoever looks at the same thing.

    A reading changes nothing, so it is no fact; like a fact it can be neither changed nor removed.
    """

    at = models.DateTimeField()
    quarter = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=AccessKind)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    network = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "timeline_access"
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "kind", "actor_kind", "actor_id", "subject_kind", "subject_id", "network"],
                nulls_distinct=False,
                name="timeline_access_once_a_quarter",
            )
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="timeline_access_latest"),
            models.Index(fields=["customer_id", "-at", "-id"], name="timeline_access_customer"),
            models.Index(fields=["actor_id", "-at", "-id"], name="timeline_access_actor"),
        ]
