"""The three written steps of a mail leaving: it is made ready, it begins to leave, and what became of it.

Between them the job talks to the outgoing server, outside any transaction. Whatever dies in between, the state tells
how far it came: `queued` means nothing left, `sending` means nobody can know.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.channels import events
from haoke.channels.choices import Cause, OutboundState
from haoke.channels.errors import MailNotHandedOver
from haoke.channels.letters import CannotCompose, letter_for
from haoke.channels.models import OutboundMail
from haoke.channels.rules.delivery import MOST_TRIES, HandOver, Refusals, standing_after
from haoke.channels.sender import Letter
from haoke.channels.services.sending import announce_mail
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.services import record


@transaction.atomic
def begin_delivery(outbound_id: int) -> Letter | None:
    """The mail made ready for one attempt; None where nothing is to be sent (any more).

    A mail found `sending` was cut off in an earlier life of the worker: a person is asked.
    Raises MailNotHandedOver while somebody else is at work on it.
    """
    now = clock.now()
    mail = _claimable(outbound_id)
    if mail is None:
        return None
    if mail.state == OutboundState.SENDING:
        _set(mail, OutboundState.UNCERTAIN, Cause.STOPPED, now=now)
        return None
    mail.attempts += 1
    mail.tried_at = now
    mail.save(update_fields=["attempts", "tried_at"])
    if not mail.channel.is_active:
        _set(mail, OutboundState.FAILED, Cause.CHANNEL_OFF, now=now)
        return None
    try:
        return letter_for(mail)
    except CannotCompose as trouble:
        _set(mail, OutboundState.FAILED, trouble.cause, trouble.failure, now=now)
        return None


@transaction.atomic
def claim_delivery(outbound_id: int, taken: tuple[str, ...], refusals: Refusals) -> bool:
    """Writes down that the mail begins to leave for these addresses; the caller commits before the first byte leaves.

    False where it may not leave, for it moved on. Raises MailNotHandedOver while somebody else is at work on it.
    """
    mail = _claimable(outbound_id)
    if mail is None or mail.state != OutboundState.QUEUED:
        return False
    mail.state = OutboundState.SENDING
    mail.sending_to = list(taken)
    mail.refusals = {**mail.refusals, **refusals}
    mail.save(update_fields=["state", "sending_to", "refusals"])
    announce_mail(mail)
    return True


@transaction.atomic
def finish_delivery(outbound_id: int, attempt: HandOver) -> bool:
    """Writes down what became of an attempt; True where the mail is to be tried again."""
    now = clock.now()
    mail = OutboundMail.objects.select_for_update(of=("self",)).get(pk=outbound_id)
    if mail.state not in (OutboundState.QUEUED, OutboundState.SENDING, OutboundState.UNCERTAIN):
        return False
    standing = standing_after(
        attempt,
        addresses=mail.addresses,
        delivered=mail.delivered_to,
        refusals=mail.refusals,
        is_last_try=mail.attempts >= MOST_TRIES,
    )
    mail.delivered_to, mail.refusals = list(standing.delivered), dict(standing.refusals)
    mail.save(update_fields=["delivered_to", "refusals"])
    _set(mail, standing.state, attempt.cause, attempt.failure, now=now)
    return standing.state == OutboundState.QUEUED


def _claimable(outbound_id: int) -> OutboundMail | None:
    """The mail if it is on its way out, locked. Raises MailNotHandedOver while somebody else is at work on it."""
    on_its_way = OutboundMail.objects.filter(pk=outbound_id, state__in=(OutboundState.QUEUED, OutboundState.SENDING))
    mail = on_its_way.select_related("channel").select_for_update(of=("self",), skip_locked=True).first()
    if mail is None and on_its_way.exists():
        # To let it be would leave a queued mail without a job.
        raise MailNotHandedOver()
    return mail


def _set(mail: OutboundMail, state: str, cause: str = "", failure: str = "", *, now: datetime) -> None:
    mail.state = state
    mail.cause, mail.failure = ("", "") if state == OutboundState.SENT else (cause, failure[:2000])
    if state != OutboundState.UNCERTAIN:
        mail.sending_to = []
    if state == OutboundState.SENT:
        mail.sent_at = now
    mail.save(update_fields=["state", "cause", "failure", "sending_to", "sent_at"])
    fact = _fact(mail)
    if fact is not None:
        record(fact, by=Actor.system(), at=now)
    announce_mail(mail)


def _fact(mail: OutboundMail) -> events.OutboundFact | None:
    """What the new state means to others; a mail that waits for its next try means nothing yet."""
    outbound_id, conversation_id = mail.pk, mail.conversation_id
    if mail.state == OutboundState.SENT:
        return events.MailSent(
            outbound_id=outbound_id,
            conversation_id=conversation_id,
            recipient_count=len(mail.delivered_to),
            refused_count=len(mail.refusals),
        )
    if mail.state == OutboundState.REFUSED:
        return events.MailRefused(
            outbound_id=outbound_id,
            conversation_id=conversation_id,
            cause=mail.cause,
            refused_count=len(mail.refusals),
        )
    if mail.state == OutboundState.FAILED:
        return events.MailFailed(outbound_id=outbound_id, conversation_id=conversation_id, cause=mail.cause)
    if mail.state == OutboundState.UNCERTAIN:
        return events.MailUncertain(outbound_id=outbound_id, conversation_id=conversation_id, cause=mail.cause)
    return None
