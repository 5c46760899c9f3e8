"""Taking a mail of ours back while nothing of it has left."""

from __future__ import annotations

from django.db import transaction

from haoke.channels import errors, events
from haoke.channels.choices import OutboundState
from haoke.channels.models import OutboundMail
from haoke.channels.services.sending import announce_mail
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def recall_mail(outbound_id: int, *, by: Actor) -> OutboundMail:
    """Keeps a mail from leaving; its job will find nothing to send.

    The row is locked, as it is when the sender claims it: whoever comes first decides, and the other one sees it.
    Raises Forbidden, NotFound, MailHasLeft.
    """
    now = clock.now()
    by.require("conversations.answer")
    mail = OutboundMail.objects.select_for_update(of=("self",)).filter(pk=outbound_id).first()
    if mail is None:
        raise NotFound()
    if not mail.may_be_recalled:
        raise errors.MailHasLeft()
    mail.state, mail.cause, mail.failure = OutboundState.RECALLED, "", ""
    mail.save(update_fields=["state", "cause", "failure"])
    record(events.MailRecalled(outbound_id=mail.pk, conversation_id=mail.conversation_id), by=by, at=now)
    announce_mail(mail)
    return mail
