"""Handing what we wrote to the mailbox: a person's reply, or a mail the house sends by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.conversations import errors
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries import answer_addresses, family_ids, language_of
from haoke.conversations.services.composing import write_message
from haoke.conversations.services.loading import announce
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


@transaction.atomic
def send_automatic(
    *, conversation_id: int, subject: str, text: str, html: str = "", secret: str = "", purpose: str, by: Actor
) -> Message | None:
    """Sends a mail the house writes by itself, such as a survey; None where there is nobody or nothing to send by.

    It is marked automatic, counted against the caps, and changes neither state nor preview. `secret`, the key in a
    customer's own link, reaches the customer alone: colleagues read an ellipsis in its place. Raises nothing: what
    cannot be sent is left out.
    """
    now = clock.now()
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    # A courtesy is left out where it cannot be sent; it never costs what it follows.
    to = [address for address in answer_addresses(conversation) if channels.is_mail_address(address)]
    if not to or conversation.channel_id is None:
        return None
    message = write_message(
        conversation,
        kind=MessageKind.MAIL,
        text=text.replace(secret, "…") if secret else text,
        at=now,
        by=by,
        recipients=to,
        subject=subject,
        is_automatic=True,
        purpose=purpose,
    )
    send_by_mail(conversation, message, [], text=text, html=html, by=by)
    announce(conversation)
    return message


def send_by_mail(
    conversation: Conversation,
    message: Message,
    file_ids: list[int],
    *,
    text: str,
    html: str = "",
    leaves_at: datetime | None = None,
    by: Actor,
) -> None:
    """Hands the message to the mailbox, as an answer to what was said before; it leaves then. Raises NoChannel."""
    if conversation.channel_id is None:
        raise errors.NoChannel(field="channel")
    before, asked = _header_ids(conversation)
    outbound = mail.queue_mail(
        channel_id=conversation.channel_id,
        conversation_id=conversation.pk,
        recipients=message.recipients,
        cc=message.cc,
        bcc=message.bcc,
        subject=channels.answer_subject(
            message.subject,
            conversation.pk,
            language=language_of(conversation),
            # A mail under a subject of its own, such as a survey, answers nobody.
            is_first=not before or message.subject != conversation.subject,
        ),
        text=text,
        html=html,
        # An answer answers the customer's last own words, not our acknowledgement of them.
        in_reply_to=(asked or before or [""])[-1],
        references=before,
        file_ids=file_ids,
        is_automatic=message.is_automatic,
        purpose=message.purpose,
        leaves_at=leaves_at,
        by=by,
    )
    message.outbound_id, message.header_id = outbound.pk, outbound.message_id
    message.save(update_fields=["outbound", "header_id"])


def with_quote(conversation: Conversation, message: Message) -> str:
    """The answer with the customer's last words quoted below, as people expect of a mail."""
    asked = (
        Message.objects.filter(
            conversation_id__in=family_ids(conversation.pk),
            direction=Direction.IN,
            kind__in=(MessageKind.MAIL, MessageKind.FORM),
            is_automatic=False,
        )
        .order_by("-at", "-pk")
        .first()
    )
    if asked is None or not asked.text.strip():
        return message.text
    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines()[:200])
    with translation.override(language_of(conversation)):
        wrote = _("%(name)s <%(address)s> wrote:") % {"name": asked.author_name, "address": asked.sender}
    return f"{message.text}\n\n{wrote}\n{quoted}\n"


def _header_ids(conversation: Conversation) -> tuple[list[str], list[str]]:
    """The mails of the thread, oldest first, and those among them that the customer wrote themselves."""
    thread = list(
        Message.objects.filter(conversation_id__in=family_ids(conversation.pk), recalled_at=None)
        .exclude(header_id="")
        .order_by("at", "pk")
        .values_list("header_id", "direction", "is_automatic")
    )
    before = [header_id for header_id, _direction, _is_automatic in thread]
    asked = [
        header_id for header_id, direction, is_automatic in thread if direction == Direction.IN and not is_automatic
    ]
    return before, asked
