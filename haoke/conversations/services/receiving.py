"""Receiving a mail: from the stored raw bytes to a message on the right conversation and archive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.channels.choices import AutomaticReason, IgnoredReason, InboundState
from haoke.conversations import events, rules
from haoke.conversations.choices import MessageKind, ReopenReason, State
from haoke.conversations.models import Conversation, Message, Participant
from haoke.conversations.services.acknowledging import acknowledge
from haoke.conversations.services.attaching import attach_received
from haoke.conversations.services.finding import conversation_for
from haoke.conversations.services.loading import announce
from haoke.conversations.services.reopening import reopen
from haoke.conversations.services.senders import Sender, sender_of
from haoke.conversations.services.starting import open_conversation
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction

_OURS = (AutomaticReason.OWN_MESSAGE_ID, AutomaticReason.OWN_LOOP_MARK)


@transaction.atomic
def receive_mail(*, inbound_id: int) -> Message | None:
    """Turns a stored mail into a message; None where it was handled already or is ignored for a reason that is kept.

    Whatever goes wrong here leaves the stored mail as it was, to be run again (S1-04: replies thread to their touch).
    """
    now = clock.now()
    received = mail.read_inbound(inbound_id)
    if received is None:
        return None
    if received.duplicate_of is not None:
        _ignore(received, IgnoredReason.DUPLICATE, "inbound", received.duplicate_of)
    elif received.automatic in _OURS:
        _ignore(received, IgnoredReason.OWN_MAIL)
    elif received.bounces:
        _receive_bounces(received)
    elif received.answers_notification:
        _ignore(received, IgnoredReason.NOTIFICATION)
    elif received.automatic and rules.is_loop(_recent_automatic(received, now)):
        _ignore(received, IgnoredReason.LOOP)
    else:
        message = _file_message(received, now)
        mail.finish_inbound(
            inbound_id, state=InboundState.PROCESSED, became_kind="conversation", became_id=message.conversation_id
        )
        return message
    return None


def _ignore(received: mail.ReceivedMail, reason: str, became_kind: str = "", became_id: int | None = None) -> None:
    mail.finish_inbound(
        received.inbound.pk, state=InboundState.IGNORED, reason=reason, became_kind=became_kind, became_id=became_id
    )


def _receive_bounces(received: mail.ReceivedMail) -> None:
    """A bounce stands on the mail that came back, never in a conversation of its own."""
    ours = [outbound for outbound in map(mail.apply_bounce, received.bounces) if outbound is not None]
    if ours:
        _ignore(received, IgnoredReason.BOUNCE, "outbound", ours[0].pk)
    else:
        _ignore(received, IgnoredReason.AUTOMATIC)


def _recent_automatic(received: mail.ReceivedMail, now: datetime) -> int:
    """How many automatic mails this sender sent us in the last hour."""
    address = received.mail.sender.address if received.mail.sender else ""
    return Message.objects.filter(
        sender=address[:400], direction=Direction.IN, is_automatic=True, at__gt=now - rules.LOOP_WINDOW
    ).count()


def _file_message(received: mail.ReceivedMail, now: datetime) -> Message:
    parsed, is_automatic = received.mail, received.automatic is not None
    sender = _sender_of(received, is_automatic=is_automatic)
    conversation = conversation_for(received, sender.address)
    is_new = conversation is None
    if conversation is None:
        conversation = open_conversation(
            subject=parsed.subject,
            customer_id=sender.customer_id,
            channel_id=received.channel.pk if received.channel else None,
            team_id=received.channel.team_id if received.channel else None,
            sender_name=sender.name,
            sender_address=sender.address,
            by=sender.actor,
            at=now,
        )
    message = _write_message(received, conversation, sender, now)
    attachments = attach_received(message, parsed)
    _remember_participants(conversation, message)
    _wake(conversation, message, now, is_automatic=is_automatic)
    happened = events.AutomaticMailReceived if is_automatic else events.MessageReceived
    tell(conversation, happened, by=sender.actor, at=now, message_id=message.pk, attachment_count=len(attachments))
    if is_new and not is_automatic:
        acknowledge(conversation)
    announce(conversation)
    return message


def _sender_of(received: mail.ReceivedMail, *, is_automatic: bool) -> Sender:
    sender = received.mail.sender
    return sender_of(
        address=sender.address if sender else "",
        name=sender.name if sender else "",
        registers=received.channel is not None and received.channel.registers_senders and not is_automatic,
        source="mail",
    )


def _write_message(received: mail.ReceivedMail, conversation: Conversation, sender: Sender, now: datetime) -> Message:
    parsed = received.mail
    reply = channels.split_reply(parsed.text)
    return Message.objects.create(
        conversation=conversation,
        kind=MessageKind.MAIL,
        direction=Direction.IN,
        at=now,
        author_kind="customer",
        author_id=sender.customer_id,
        author_name=sender.name[:200] or sender.address[:200],
        sender=sender.address[:400],
        reply_to=parsed.reply_to.address[:320] if parsed.reply_to else "",
        recipients=[each.address[:400] for each in parsed.to],
        cc=[each.address[:400] for each in parsed.cc],
        subject=parsed.subject[:300],
        text=reply.visible,
        quoted_text=reply.quoted,
        html=parsed.html,
        is_automatic=received.automatic is not None,
        automatic_reason=(received.automatic or "")[:40],
        header_id=parsed.message_id[:998],
        inbound_id=received.inbound.pk,
    )


def _remember_participants(conversation: Conversation, message: Message) -> None:
    ours = channels.own_addresses()
    addresses = {
        each.lower()[:320] for each in (message.sender, message.reply_to, *message.recipients, *message.cc) if each
    }
    Participant.objects.bulk_create(
        [Participant(conversation=conversation, address=each) for each in sorted(addresses - ours)],
        ignore_conflicts=True,
    )


def _wake(conversation: Conversation, message: Message, now: datetime, *, is_automatic: bool) -> None:
    """Lets the message change what the lists show, and reopens what was finished."""
    conversation.preview = preview_of(message.text)
    conversation.last_message_at = now
    conversation.save(update_fields=["preview", "last_message_at"])
    new_state = rules.state_after_message(conversation.state, is_automatic=is_automatic)
    if new_state == conversation.state:
        return
    if conversation.is_finished:
        reopen(conversation, reason=ReopenReason.CUSTOMER_WROTE, note="", by=Actor.system(), at=now)
        return
    old, conversation.state = conversation.state, new_state
    conversation.version += 1
    conversation.save(update_fields=["state", "version"])
    tell(conversation, events.StateChanged, by=Actor.system(), at=now, old=old, new=State(new_state))


def preview_of(text: str) -> str:
    """The first words of a message on one line."""
    return " ".join(text.split())[:160]
