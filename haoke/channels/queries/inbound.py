"""Reading the mails that arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BinaryField
from django.db.models.functions import Substr

from haoke.channels.choices import AutomaticReason, InboundState
from haoke.channels.models import InboundMail
from haoke.channels.queries.counts import count_states
from haoke.channels.queries.mailboxes import own_addresses
from haoke.channels.rules.automatic import automatic_reason
from haoke.channels.rules.mails import Address
from haoke.channels.rules.parsing import parse_mail
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.paging import Place, after, cut

# Header fields end long before this; the contents after them are not read for a page.
HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class InboundHead:
    """What the header of an arrived mail says, and our verdict whether a machine wrote it."""

    sender: str
    to: str
    cc: str
    subject: str
    sent_at: datetime | None
    message_id: str
    in_reply_to: str
    automatic: str


def inbound_page(
    actor: Actor, *, state: str = "", place: Place | None = None, most: int = 50
) -> tuple[list[InboundMail], Place | None]:
    """The mails that arrived, newest first, and the place where the next page begins (None on the last page)."""
    mails = InboundMail.objects.visible_to(actor).select_related("channel")
    if state:
        mails = mails.filter(state=state)
    found = list(after(mails, "received_at", place)[: most + 1])
    return cut(found, most, lambda mail: Place(mail.received_at, mail.pk))


def inbound_counts(actor: Actor) -> dict[str, int]:
    return count_states(InboundMail.objects.visible_to(actor), InboundState.values)


def inbound_mail(inbound_id: int, actor: Actor) -> InboundMail:
    """One mail with its channel. Raises NotFound, also where it came to another team's mailbox."""
    found = InboundMail.objects.visible_to(actor).select_related("channel").filter(pk=inbound_id).first()
    if found is None:
        raise NotFound()
    return found


def inbound_head(inbound_id: int) -> InboundHead:
    """The header of an arrived mail; the caller has made sure that the actor may see it."""
    beginning = Substr("raw", 1, HEAD_BYTES, output_field=BinaryField())
    raw = bytes(InboundMail.objects.values_list(beginning, flat=True).get(pk=inbound_id))
    mail = parse_mail(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")
    reason = automatic_reason(mail, own_addresses())
    return InboundHead(
        sender=_people([mail.sender] if mail.sender else []),
        to=_people(mail.to),
        cc=_people(mail.cc),
        subject=mail.subject,
        sent_at=mail.sent_at,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        automatic=str(AutomaticReason(reason).label) if reason else "",
    )


def _people(addresses: Iterable[Address]) -> str:
    return ", ".join(f"{each.name} <{each.address}>" if each.name else each.address for each in addresses)
