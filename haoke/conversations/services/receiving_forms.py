"""Receiving what somebody wrote by a web form: a message on a new conversation, answered by mail (S0-63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from haoke.channels import queries as channels
from haoke.conversations import events
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Attachment, Message, Participant
from haoke.conversations.services.acknowledging import acknowledge
from haoke.conversations.services.loading import announce
from haoke.conversations.services.receiving import preview_of
from haoke.conversations.services.senders import Sender, sender_of
from haoke.conversations.services.starting import open_conversation
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


@dataclass(frozen=True, kw_only=True)
class FormLetter:
    """What came by a form, and which mailbox, team and category it is meant for; `submission` makes it one message."""

    channel_id: int
    team_id: int
    category_id: int
    name: str
    mail: str
    phone: str = ""
    subject: str
    text: str
    language: str
    file_ids: Sequence[int] = field(default_factory=list)
    submission: UUID


@transaction.atomic
def receive_form(*, letter: FormLetter) -> Message:
    """Turns what came by a form into a message; the same submission again gives the message there is.

    The sender is known as by mail: one archive behind the address is theirs, several are proposed, none is registered
    where the mailbox does so. Answers leave from that mailbox. Raises NotFound where it is gone.
    """
    now = clock.now()
    if (filed := Message.objects.filter(submission=letter.submission).first()) is not None:
        return filed
    channel = channels.channel_by_id(letter.channel_id, Actor.system())
    sender = sender_of(
        address=letter.mail,
        name=letter.name,
        registers=channel.registers_senders,
        source="customer",
        language=letter.language,
        phone=letter.phone,
    )
    conversation = open_conversation(
        subject=letter.subject,
        customer_id=sender.customer_id,
        channel_id=channel.pk,
        team_id=letter.team_id,
        category_id=letter.category_id,
        sender_name=sender.name,
        sender_address=sender.address,
        by=sender.actor,
        at=now,
    )
    message = _write_message(conversation.pk, letter, sender, channel.address)
    conversation.preview = preview_of(message.text)
    conversation.save(update_fields=["preview"])
    tell(conversation, events.FormReceived, by=sender.actor, at=now, message_id=message.pk)
    acknowledge(conversation)
    announce(conversation)
    return message


def _write_message(conversation_id: int, letter: FormLetter, sender: Sender, our_address: str) -> Message:
    message = Message.objects.create(
        conversation_id=conversation_id,
        kind=MessageKind.FORM,
        direction=Direction.IN,
        at=clock.now(),
        author_kind="customer",
        author_id=sender.customer_id,
        author_name=sender.name[:200] or sender.address[:200],
        sender=sender.address[:400],
        recipients=[our_address],
        subject=letter.subject[:300],
        text=_whole_text(letter),
        submission=letter.submission,
    )
    Attachment.objects.bulk_create(Attachment(message=message, file_id=file_id) for file_id in letter.file_ids)
    Participant.objects.create(conversation_id=conversation_id, address=sender.address.lower()[:320])
    return message


def _whole_text(letter: FormLetter) -> str:
    """With the phone number they gave below: it may be another than the archive's."""
    text = letter.text.replace("\0", "")
    if not letter.phone:
        return text
    with translation.override(letter.language):
        return f"{text}\n\n" + _("Phone: %(phone)s") % {"phone": letter.phone}
