"""What conversations are found by: the folded words of each message, written with it, and how they are made anew."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from haoke.conversations.models.conversations import Conversation
from haoke.conversations.models.messages import Message


class MessageWords(models.Model):
    """The words of one message: A its subject and reference, B its files, C its people, D its text.

    `conversation` is where a reader is led: the one the message's own was merged into, if it was.
    """

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        db_table = "conversations_messagewords"
        indexes = [
            GinIndex(fields=["words"], name="conversations_words", fastupdate=False),
            models.Index(fields=["-at", "-message"], name="conversations_words_latest"),
        ]


class SearchRebuild(models.Model):
    """One making anew of the words of all messages, the newest first; without a row for a scheme, one is due."""

    # Under which rules the words were made (rules/indexing.py); with new rules they are made anew.
    scheme = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    # The messages from this number on are done; what arrives later writes its own words.
    next_message_id = models.BigIntegerField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        db_table = "conversations_searchrebuild"
        constraints = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=Q(finished_at=None),
                nulls_distinct=False,
                name="conversations_one_search_rebuild",
            )
        ]

    @property
    def is_running(self) -> bool:
        return self.finished_at is None

    @property
    def percent(self) -> int:
        """Of the messages there were at the start; what arrived since needs no rebuilding."""
        return min(100, 100 * self.done // self.total) if self.total else 100
