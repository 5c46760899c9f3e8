"""How conversations react to what the mailbox reports."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, transaction

from haoke.channels import services as mail
from haoke.conversations import services
from haoke.core.errors import Unavailable
from haoke.timeline.reactions import Happened

# What may be gone in a minute: the queue tries again. Anything else would fail again and waits for a person.
PASSING = (OperationalError, InterfaceError, OSError, Unavailable)


def receive_mail(happened: Happened) -> None:
    """A mail was stored: file it, or mark it failed with its cause, so that an administrator can run it again."""
    inbound_id = happened.payload["inbound_id"]
    try:
        with transaction.atomic():
            services.receive_mail(inbound_id=inbound_id)
    except PASSING:
        raise
    except Exception as error:
        mail.fail_inbound(inbound_id, f"{type(error).__name__}: {error}")


def note_settlement(happened: Happened) -> None:
    """A person said whether an uncertain mail left; where it did not, it is on its way again."""
    if happened.payload["was_sent"]:
        services.note_delivery(outbound_id=happened.payload["outbound_id"], outcome="sent")


def note_delivery(happened: Happened) -> None:
    """A mail of ours was sent, refused, failed or lost track of."""
    services.note_delivery(outbound_id=happened.payload["outbound_id"], outcome=happened.kind.removeprefix("mail."))
