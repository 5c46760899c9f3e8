"""Splitting: messages that are about something else become a conversation of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from haoke.channels import queries as channels
from haoke.conversations import events, rules
from haoke.conversations.choices import MessageKind, State
from haoke.conversations.models import Conversation, Message, MessageWords, Participant, Split
from haoke.conversations.queries import family_ids
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.starting import open_conversation
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


@transaction.atomic
def split_conversation(
    *, conversation_id: int, message_ids: Sequence[int], subject: str, version: int | None = None, by: Actor
) -> Conversation:
    """Moves the messages into a new conversation of the same customer, mailbox and colleagues, and returns it.

    What the customer answers to them later follows them (services/finding.py). Raises Forbidden, NotFound, ReadOnly,
    MergedAway, VersionConflict, NothingChosen, NothingLeft.
    """
    now = clock.now()
    by.require("conversations.answer")
    source = locked_conversation(conversation_id, by, version=version)
    told = Message.objects.filter(conversation_id__in=family_ids(source.pk), recalled_at=None)
    rules.check_split(set(message_ids), set(told.values_list("pk", flat=True)))
    moved = list(told.filter(pk__in=message_ids).order_by("at", "pk"))
    new = _begin(source, moved, subject, by=by, at=now)
    _move(moved, new)
    for conversation in (new, source):
        _show_the_latest(conversation)
    save_changes(new, "category", "urgency", "state", "preview", "last_message_at", by=by)
    save_changes(source, "preview", "last_message_at", by=by)
    Split.objects.create(
        conversation=new, source=source, message_ids=[each.pk for each in moved], at=now, **decided(by)
    )
    for conversation in (new, source):
        tell(
            conversation,
            events.ConversationSplit,
            by=by,
            at=now,
            source_id=source.pk,
            new_id=new.pk,
            message_count=len(moved),
        )
    return new


def _begin(source: Conversation, moved: Sequence[Message], subject: str, *, by: Actor, at: datetime) -> Conversation:
    asked = next((each for each in moved if each.direction == Direction.IN and each.sender), None)
    new = open_conversation(
        subject=subject.strip() or next((each.subject for each in moved if each.subject), source.subject),
        customer_id=source.customer_id,
        channel_id=source.channel_id,
        sender_name=asked.author_name if asked else source.sender_name,
        sender_address=asked.sender if asked else source.sender_address,
        team_id=source.team_id,
        assignee_id=source.assignee_id,
        by=by,
        at=at,
    )
    new.category_id, new.urgency = source.category_id, source.urgency
    if any(each.direction == Direction.OUT and not each.is_automatic for each in moved):
        new.state = State.OPEN
    return new


def _move(moved: Sequence[Message], new: Conversation) -> None:
    """The messages with all that hangs on them, and whoever takes part through them."""
    ids = [each.pk for each in moved]
    Message.objects.filter(pk__in=ids).update(conversation=new)
    MessageWords.objects.filter(message_id__in=ids).update(conversation=new)
    ours = channels.own_addresses()
    addresses = {
        address.lower()[:320]
        for each in moved
        if each.kind == MessageKind.MAIL
        for address in (each.sender, each.reply_to, *each.recipients, *each.cc)
        if address
    }
    Participant.objects.bulk_create(
        [Participant(conversation=new, address=each) for each in sorted(addresses - ours)], ignore_conflicts=True
    )


def _show_the_latest(conversation: Conversation) -> None:
    """What the lists tell of a conversation, read again from the messages it has now."""
    own = Message.objects.filter(conversation=conversation).order_by("-at", "-pk")
    latest = own.first()
    if latest is not None:
        conversation.last_message_at = latest.at
    asked = own.filter(direction=Direction.IN).first()
    conversation.preview = " ".join(asked.text.split())[:160] if asked else ""
