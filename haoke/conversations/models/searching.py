"""What conversations are found by: the folded, segmented words of each message, written with it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from haoke.conversations.models.conversations import Conversation
from haoke.conversations.models.messages import Message


class MessageWords(models.Model):
    """The words of one message (weight D) with its conversation's subject and people (weight A)."""

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
