"""How colleagues keep conversations in order: tags, followers, mentions, links, merges and splits."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haoke.conversations.choices import FollowReason
from haoke.conversations.models.conversations import Conversation
from haoke.conversations.models.decisions import Decision
from haoke.conversations.models.messages import Message


class Tag(models.Model):
    """A word colleagues put on conversations; two that fold to the same are one."""

    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "conversations_tag"
        ordering = ["folded"]


class Tagging(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "conversations_tagging"
        constraints = [models.UniqueConstraint(fields=["tag", "conversation"], name="conversations_tag_once")]


class Follower(models.Model):
    """A colleague who wants to hear of a conversation that is not theirs."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="followers")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=FollowReason)
    at = models.DateTimeField()

    class Meta:
        db_table = "conversations_follower"
        constraints = [models.UniqueConstraint(fields=["staff", "conversation"], name="conversations_follows_once")]


class Mention(models.Model):
    """A colleague named in an internal note."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mentions")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "conversations_mention"
        constraints = [models.UniqueConstraint(fields=["message", "staff"], name="conversations_mentioned_once")]


class Link(Decision):
    """Two conversations that have to do with each other; the lower number stands first."""

    other = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "conversations_link"
        constraints = [
            models.UniqueConstraint(fields=["conversation", "other"], name="conversations_linked_once"),
            models.CheckConstraint(name="conversations_link_in_order", condition=Q(conversation__lt=F("other"))),
        ]


class Merge(Decision):
    """A conversation told on in another; undone, it is as it was."""

    into = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "conversations_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(undone_at=None), name="conversations_merged_once"
            ),
            models.CheckConstraint(name="conversations_merge_of_two", condition=~Q(conversation=F("into"))),
        ]


class Split(Decision):
    """Messages that were about something else and became a conversation of their own (`conversation`)."""

    source = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    message_ids = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "conversations_split"
