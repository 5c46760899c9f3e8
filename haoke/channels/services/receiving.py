"""Taking mails in: stored as they are before anybody reads them, read once, and never lost when reading fails."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from haoke.channels import errors, events
from haoke.channels.choices import AutomaticReason, IgnoredReason, InboundState
from haoke.channels.models import Channel, InboundMail
from haoke.channels.queries import channel_for_address, is_notification, own_addresses
from haoke.channels.rules.automatic import automatic_reason
from haoke.channels.rules.bounces import Bounce, bounces_of
from haoke.channels.rules.identity import content_identity
from haoke.channels.rules.mails import ParsedMail
from haoke.channels.rules.parsing import parse_mail
from haoke.channels.rules.states import may_run_again
from haoke.channels.rules.threading import (
    conversation_in_message_id,
    conversation_in_subject,
    numbers_in_message_id,
    thread_ids,
)
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound
from haoke.core.live import announce
from haoke.timeline.services import record

LONGEST_FAILURE = 4000


@dataclass(frozen=True)
class ReceivedMail:
    """An accepted mail as the domain that makes conversations of mails needs it."""

    inbound: InboundMail
    mail: ParsedMail
    channel: Channel | None
    # The code of the rule that tells a machine's mail, None for a person's.
    automatic: str | None
    # One entry per address that a mail of ours did not reach; empty where the mail is no bounce.
    bounces: tuple[Bounce, ...]
    # The mail that was here before, where this one is the same once more.
    duplicate_of: int | None
    # The conversation our own signed Message-ID names among the mails this one answers: proof.
    answered_conversation_id: int | None
    # And the mail of ours that carries it, which may stand in another conversation by now.
    answered_outbound_id: int | None
    # The conversation its subject names: only a hint, to be believed together with the sender.
    named_conversation_id: int | None
    # Message-IDs of the mails it answers, newest first.
    thread_ids: tuple[str, ...]
    # A colleague answers what we told them of: no customer wrote, and nobody reads it.
    answers_notification: bool

    @property
    def bounce(self) -> Bounce | None:
        """The gravest of the bounces."""
        return next((each for each in self.bounces if each.is_permanent), next(iter(self.bounces), None))


@transaction.atomic
def store_inbound(*, raw: bytes, envelope_from: str, envelope_to: Sequence[str]) -> InboundMail:
    """Keeps a mail byte by byte; the reading follows by itself once this is committed (S0-02)."""
    now = clock.now()
    inbound = InboundMail.objects.create(
        channel=channel_for_address(envelope_to),
        received_at=now,
        envelope_from=envelope_from,
        envelope_to=list(envelope_to),
        size_bytes=len(raw),
        raw=raw,
        digest=hashlib.sha256(raw).hexdigest(),
    )
    stored = events.MailStored(inbound_id=inbound.pk, channel_id=inbound.channel_id, size_bytes=inbound.size_bytes)
    record(stored, by=Actor.system(), at=now)
    announce("inbound")
    return inbound


@transaction.atomic
def read_inbound(inbound_id: int) -> ReceivedMail | None:
    """Reads a stored mail inside the caller's transaction, its row locked; None where it is handled already.

    Of two equal mails that arrive at the same moment, one waits here until the other is decided.
    """
    inbound = InboundMail.objects.select_for_update(of=("self",)).defer(None).filter(pk=inbound_id).first()
    if inbound is None or inbound.state != InboundState.STORED:
        return None
    mail = parse_mail(bytes(inbound.raw))
    inbound.identity = content_identity(mail)
    lock_name(f"channels.inbound:{inbound.identity}")
    inbound.duplicate_of_id = _first_of(inbound)
    inbound.attempts += 1
    inbound.message_id = mail.message_id[:1000]
    inbound.sender = str(mail.sender.address or mail.sender.name)[:500] if mail.sender else ""
    inbound.subject = mail.subject[:500]
    inbound.save(update_fields=["identity", "duplicate_of", "attempts", "message_id", "sender", "subject"])
    secret = settings.SECRET_KEY.encode()
    signed = (numbers_in_message_id(each, secret) for each in thread_ids(mail))
    answered = next((each for each in signed if each is not None), (None, None))
    return ReceivedMail(
        inbound=inbound,
        mail=mail,
        channel=inbound.channel,
        automatic=_automatic(mail, secret),
        bounces=bounces_of(mail),
        duplicate_of=inbound.duplicate_of_id,
        answered_conversation_id=answered[0],
        answered_outbound_id=answered[1],
        named_conversation_id=conversation_in_subject(mail.subject),
        thread_ids=thread_ids(mail),
        answers_notification=is_notification(thread_ids(mail)[:1]),
    )


def _first_of(inbound: InboundMail) -> int | None:
    """The mail of the same content that counted; one that failed did not, or a re-sent copy would be lost with it."""
    counted = Q(state=InboundState.PROCESSED) | (Q(state=InboundState.IGNORED) & ~Q(reason=IgnoredReason.DUPLICATE))
    equal = InboundMail.objects.filter(counted, identity=inbound.identity).exclude(pk=inbound.pk)
    return equal.order_by("pk").values_list("pk", flat=True).first()


def _automatic(mail: ParsedMail, secret: bytes) -> str | None:
    # Our own mail that came back carries our signature; the domain alone would also catch colleagues' mail.
    if mail.message_id and conversation_in_message_id(mail.message_id, secret) is not None:
        return AutomaticReason.OWN_MESSAGE_ID
    return automatic_reason(mail, own_addresses())


@transaction.atomic
def finish_inbound(
    inbound_id: int, *, state: str, reason: str = "", became_kind: str = "", became_id: int | None = None
) -> None:
    """Says what became of a mail that was read in this transaction: processed, or ignored with a reason."""
    now = clock.now()
    if state not in (InboundState.PROCESSED, InboundState.IGNORED) or reason not in ("", *IgnoredReason.values):
        raise ValueError(f"A read mail is processed, or ignored for a known reason, not {state} ({reason}).")
    inbound = InboundMail.objects.select_for_update(of=("self",)).get(pk=inbound_id)
    inbound.state, inbound.reason, inbound.failure = state, reason, ""
    inbound.became_kind, inbound.became_id = became_kind, became_id
    inbound.handled_at = now
    inbound.save(update_fields=["state", "reason", "failure", "became_kind", "became_id", "handled_at"])
    if state == InboundState.IGNORED:
        record(events.MailIgnored(inbound_id=inbound_id, reason=reason), by=Actor.system(), at=now)
    announce("inbound", f"inbound:{inbound_id}")


@transaction.atomic
def fail_inbound(inbound_id: int, cause: str) -> None:
    """Sets a mail aside that could not be read, with the cause; it stays visible and can be run again."""
    now = clock.now()
    inbound = InboundMail.objects.select_for_update(of=("self",)).filter(pk=inbound_id).first()
    if inbound is None or inbound.state != InboundState.STORED:
        return
    inbound.state, inbound.handled_at = InboundState.FAILED, now
    inbound.failure = cause.replace("\0", "")[:LONGEST_FAILURE]
    inbound.attempts += 1
    inbound.save(update_fields=["state", "failure", "attempts", "handled_at"])
    record(events.MailNotProcessed(inbound_id=inbound_id), by=Actor.system(), at=now)
    announce("inbound", f"inbound:{inbound_id}")


@transaction.atomic
def run_again(inbound_id: int, *, by: Actor) -> InboundMail:
    """Has a failed or ignored mail read once more. Raises Forbidden, NotFound, MailMovedOn."""
    by.require("channels.change")
    inbound = _locked(inbound_id, by)
    if not may_run_again(inbound.state):
        raise errors.MailMovedOn(state=inbound.state)
    inbound.state, inbound.reason, inbound.failure, inbound.handled_at = InboundState.STORED, "", "", None
    inbound.save(update_fields=["state", "reason", "failure", "handled_at"])
    record(events.MailRunAgain(inbound_id=inbound.pk), by=by)
    announce("inbound", f"inbound:{inbound.pk}")
    return inbound


@transaction.atomic
def read_source(inbound_id: int, *, reason: str, by: Actor) -> bytes:
    """The mail byte by byte, for a reason, which is kept. Raises Forbidden, NotFound, ReasonNeeded."""
    by.require("channels.change")
    inbound = InboundMail.objects.visible_to(by).defer(None).filter(pk=inbound_id).first()
    if inbound is None:
        raise NotFound()
    if len(reason.strip()) < 5:
        raise errors.ReasonNeeded(field="reason")
    record(events.MailSourceRead(inbound_id=inbound.pk, reason=reason.strip()[:500]), by=by)
    return bytes(inbound.raw)


def _locked(inbound_id: int, by: Actor) -> InboundMail:
    found = InboundMail.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=inbound_id).first()
    if found is None:
        raise NotFound()
    return found
