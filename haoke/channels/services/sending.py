"""Mails of ours: queued with their job, held back where machines would talk to machines, decided by people in doubt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haoke.channels import errors, events
from haoke.channels.choices import Cause, OutboundState, Purpose
from haoke.channels.models import Channel, OutboundMail
from haoke.channels.queries import own_addresses, recent_automatic_mails
from haoke.channels.rules.bounces import Bounce
from haoke.channels.rules.caps import (
    ANSWER_CAPS,
    CONVERSATION_CAPS,
    LONGEST_CAP,
    RECIPIENT_CAPS,
    AutomaticCapReached,
    Cap,
    check_automatic_cap,
    may_write_automatically,
)
from haoke.channels.rules.delivery import Refused
from haoke.channels.rules.mailboxes import is_mail_address, mailbox_of
from haoke.channels.rules.states import may_try_again
from haoke.channels.rules.threading import limit_references, outgoing_message_id
from haoke.core import clock, queue
from haoke.core.actor import Actor
from haoke.core.database import lock_name, next_value
from haoke.core.errors import Forbidden, NotFound
from haoke.core.live import announce
from haoke.policies.queries import as_of
from haoke.timeline.services import record

MOST_RECIPIENTS = 100


@transaction.atomic
def queue_mail(
    *,
    channel_id: int,
    conversation_id: int | None,
    recipients: Sequence[str],
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    subject: str,
    text: str,
    html: str = "",
    in_reply_to: str = "",
    references: Sequence[str] = (),
    file_ids: Sequence[int] = (),
    is_automatic: bool = False,
    purpose: str = Purpose.REPLY,
    leaves_at: datetime | None = None,
    by: Actor,
) -> OutboundMail:
    """Puts a mail of ours on its way; a job hands it to the outgoing server (S1-04), not before `leaves_at`.

    An automatic mail that the rules hold back is kept too, as failed, with the cause.
    Raises Forbidden, NotFound, NoRecipients, TooManyRecipients, NotAMailAddress.
    """
    by.require("conversations.answer")
    channel = Channel.objects.filter(pk=channel_id).first()
    if channel is None:
        raise NotFound()
    return put_into_queue(
        channel=channel,
        conversation_id=conversation_id,
        recipients=recipients,
        cc=cc,
        bcc=bcc,
        subject=subject,
        text=text,
        html=html,
        in_reply_to=in_reply_to,
        references=references,
        file_ids=file_ids,
        is_automatic=is_automatic,
        purpose=purpose,
        leaves_at=leaves_at,
        by=by,
    )


def put_into_queue(
    *,
    channel: Channel,
    conversation_id: int | None = None,
    recipients: Sequence[str],
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    subject: str,
    text: str,
    html: str = "",
    in_reply_to: str = "",
    references: Sequence[str] = (),
    file_ids: Sequence[int] = (),
    is_automatic: bool = False,
    purpose: str,
    leaves_at: datetime | None = None,
    by: Actor,
) -> OutboundMail:
    """The mail and its job, inside the caller's transaction and after the caller's check of abilities."""
    now = clock.now()
    to, copies, blind = _checked_addresses(recipients, cc, bcc)
    held = _why_held_back(to, conversation_id, purpose) if is_automatic else None
    outbound_id = next_value("channels_outboundmail_id_seq")
    mail = OutboundMail.objects.create(
        pk=outbound_id,
        channel=channel,
        conversation_id=conversation_id,
        message_id=_message_id(conversation_id, outbound_id, channel.address),
        recipients=to,
        cc=copies,
        bcc=blind,
        subject=subject[:1000],
        text=text,
        html=html,
        in_reply_to=in_reply_to[:1000],
        references=list(limit_references([each for each in references if len(each) <= 1000])),
        file_ids=list(file_ids),
        is_automatic=is_automatic,
        purpose=purpose,
        state=OutboundState.FAILED if held else OutboundState.QUEUED,
        cause=held or "",
        queued_at=now,
        leaves_at=leaves_at,
    )
    if held:
        fact = events.MailFailed(outbound_id=mail.pk, conversation_id=conversation_id, cause=held)
        record(fact, by=by, at=now)
    else:
        _defer(mail)
    announce("outbound")
    return mail


@transaction.atomic
def settle_uncertain(outbound_id: int, *, was_sent: bool, by: Actor) -> OutboundMail:
    """A person answers whether an uncertain mail left; where it did not, it is sent again.

    Raises Forbidden, NotFound, MailMovedOn.
    """
    now = clock.now()
    mail = _decided_by(by, outbound_id)
    if mail.state != OutboundState.UNCERTAIN:
        raise errors.MailMovedOn(state=mail.state)
    if was_sent:
        mail.delivered_to = [*mail.delivered_to, *mail.sending_to]
    is_done = was_sent and not mail.open_addresses
    mail.state = OutboundState.SENT if is_done else OutboundState.QUEUED
    mail.sent_at = (mail.tried_at or now) if is_done else None
    mail.sending_to, mail.cause, mail.failure, mail.attempts = [], "", "", 0
    # Perhaps it left after all, so nobody takes it back any more.
    mail.leaves_at = None
    mail.save(
        update_fields=["state", "sent_at", "delivered_to", "sending_to", "cause", "failure", "attempts", "leaves_at"]
    )
    if not is_done:
        _defer(mail)
    fact = events.MailSettled(outbound_id=mail.pk, conversation_id=mail.conversation_id, was_sent=was_sent)
    record(fact, by=by, at=now)
    announce_mail(mail)
    return mail


@transaction.atomic
def try_again(outbound_id: int, *, by: Actor) -> OutboundMail:
    """Sends a failed or refused mail once more, to everybody who does not have it.

    Raises Forbidden, NotFound, MailMovedOn.
    """
    mail = _decided_by(by, outbound_id)
    if not may_try_again(mail.state, mail.cause):
        raise errors.MailMovedOn(state=mail.state)
    mail.state, mail.cause, mail.failure, mail.refusals, mail.attempts = OutboundState.QUEUED, "", "", {}, 0
    mail.save(update_fields=["state", "cause", "failure", "refusals", "attempts"])
    _defer(mail)
    record(events.MailTriedAgain(outbound_id=mail.pk, conversation_id=mail.conversation_id), by=by)
    announce_mail(mail)
    return mail


@transaction.atomic
def apply_bounce(bounce: Bounce) -> OutboundMail | None:
    """Writes onto the mail of ours what a bounce says about one of its addresses; None where the mail is not ours.

    Our Message-IDs are signed, so only who got the mail can speak about it.
    """
    now = clock.now()
    found = OutboundMail.objects.select_for_update(of=("self",)).filter(message_id=bounce.original_message_id)
    mail = found.first() if bounce.original_message_id else None
    if mail is None or bounce.action not in ("failed", "delayed"):
        return mail
    address = _bounced_address(mail, bounce.recipient)
    if mail.state == OutboundState.UNCERTAIN:
        # A mail that bounced did leave.
        mail.delivered_to, mail.sending_to = [*mail.delivered_to, *mail.sending_to], []
        mail.state, mail.sent_at, mail.cause, mail.failure = OutboundState.SENT, mail.tried_at or now, "", ""
    said = Refused(code=0, text=f"{bounce.status} {bounce.diagnostic}".strip()[:500], is_final=bounce.is_permanent)
    mail.refusals = {**mail.refusals, address: said}
    if bounce.is_permanent:
        mail.delivered_to = [each for each in mail.delivered_to if each != address]
        if mail.state == OutboundState.SENT and not mail.delivered_to:
            mail.state, mail.cause, mail.failure = OutboundState.REFUSED, Cause.RECIPIENTS, said["text"]
    mail.save(update_fields=["state", "sent_at", "delivered_to", "sending_to", "refusals", "cause", "failure"])
    fact = events.MailBounced(
        outbound_id=mail.pk,
        conversation_id=mail.conversation_id,
        refused_count=len(mail.refusals),
        is_final=bounce.is_permanent,
    )
    record(fact, by=Actor.system(), at=now)
    announce_mail(mail)
    return mail


def announce_mail(mail: OutboundMail) -> None:
    """Tells the open pages that show this mail."""
    names = ["outbound", f"outbound:{mail.pk}"]
    announce(*names, *([f"conversation:{mail.conversation_id}"] if mail.conversation_id else []))


def _defer(mail: OutboundMail) -> None:
    queue.defer("channels.send_mail", lock=f"outbound:{mail.pk}", at=mail.leaves_at, outbound_id=mail.pk)


def _checked_addresses(*lists: Sequence[str]) -> tuple[list[str], ...]:
    """The lists (to, cc, bcc) with every address once, in the first list that names it."""
    known: set[str] = set()
    checked: list[list[str]] = []
    for addresses in lists:
        fresh = [each for each in dict.fromkeys(each.strip() for each in addresses) if each not in known]
        known.update(fresh)
        checked.append(fresh)
    if not checked[0]:
        raise errors.NoRecipients(field="recipients")
    if len(known) > MOST_RECIPIENTS:
        raise errors.TooManyRecipients(field="recipients", most=MOST_RECIPIENTS)
    for address in (each for addresses in checked for each in addresses):
        if not is_mail_address(address):
            raise errors.NotAMailAddress(field="recipients", address=address)
    return tuple(checked)


def _why_held_back(recipients: Sequence[str], conversation_id: int | None, purpose: str) -> str | None:
    """Why a machine may not write this mail now (HELPDESK 2.3), None where it may."""
    now = clock.now()
    own = own_addresses()
    wanted = as_of("automatic_mail_caps", at=now)
    window = timedelta(minutes=wanted.window_minutes)
    for address in recipients:
        if mailbox_of(address) in own or not may_write_automatically(address, ()):
            return Cause.OWN_ADDRESS if mailbox_of(address) in own else Cause.ROBOT_ADDRESS
    for address in sorted(recipients):
        # Of two automatic mails to one address at the same moment, the second must see the first.
        lock_name(f"channels.automatic:{address.lower()}")
    for address in recipients:
        recent = recent_automatic_mails(address, since=now - max(window, LONGEST_CAP))
        try:
            check_automatic_cap([each.at for each in recent], now, (*RECIPIENT_CAPS, Cap(wanted.per_recipient, window)))
            if purpose == Purpose.ACKNOWLEDGEMENT:
                answers = [each.at for each in recent if each.purpose == Purpose.ACKNOWLEDGEMENT]
                check_automatic_cap(answers, now, ANSWER_CAPS)
            here = [each.at for each in recent if each.conversation_id == conversation_id]
            check_automatic_cap(
                here if conversation_id else [], now, (*CONVERSATION_CAPS, Cap(wanted.per_conversation, window))
            )
        except AutomaticCapReached:
            return Cause.TOO_MANY
    return None


def _message_id(conversation_id: int | None, outbound_id: int, address: str) -> str:
    domain = address.rpartition("@")[2]
    if conversation_id is None:
        return f"<{uuid.uuid4().hex}@{domain}>"
    return outgoing_message_id(conversation_id, outbound_id, settings.SECRET_KEY.encode(), domain)


def _bounced_address(mail: OutboundMail, recipient: str) -> str:
    """The address of ours that is meant; a mail system may spell it otherwise, or name where it was forwarded to."""
    same = [each for each in mail.addresses if each.lower() == recipient.strip().lower()]
    if same:
        return same[0]
    return mail.addresses[0] if len(mail.addresses) == 1 else recipient[:254]


def _decided_by(by: Actor, outbound_id: int) -> OutboundMail:
    """Whoever answers customers decides about their mails, and so does whoever keeps the mailboxes."""
    if not (by.may("conversations.answer") or by.may("channels.change")):
        raise Forbidden(ability="conversations.answer")
    mail = OutboundMail.objects.select_for_update(of=("self",)).filter(pk=outbound_id).first()
    if mail is None:
        raise NotFound()
    return mail
