"""Reading the mails of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from haoke.channels.choices import Cause, OutboundState, Purpose
from haoke.channels.models import OutboundMail
from haoke.channels.queries.counts import count_states
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.paging import Place, after, cut


@dataclass(frozen=True)
class MailState:
    """Where a mail of ours stands, for the page that shows its message."""

    id: int
    state: str
    label: str
    cause: str
    failure: str
    refusals: Mapping[str, Any]
    sent_at: datetime | None
    leaves_at: datetime | None
    may_be_recalled: bool


def mail_states(outbound_ids: Iterable[int | None]) -> dict[int, MailState]:
    """States by id, in one query, for messages that hold only ids."""
    mails = OutboundMail.objects.filter(pk__in={each for each in outbound_ids if each})
    return {each.pk: _state(each) for each in mails.defer("text", "html", "subject", "references")}


def _state(mail: OutboundMail) -> MailState:
    return MailState(
        id=mail.pk,
        state=mail.state,
        label=mail.get_state_display(),
        cause=mail.get_cause_display() if mail.cause else "",
        failure=mail.failure,
        refusals=mail.refusals,
        sent_at=mail.sent_at,
        leaves_at=mail.leaves_at,
        may_be_recalled=mail.may_be_recalled,
    )


def outbound_page(
    actor: Actor, *, state: str = "", place: Place | None = None, most: int = 50
) -> tuple[list[OutboundMail], Place | None]:
    """Mails of ours, newest first, and the place where the next page begins (None on the last page)."""
    mails = OutboundMail.objects.visible_to(actor).select_related("channel").defer("text", "html")
    if state:
        mails = mails.filter(state=state)
    found = list(after(mails, "queued_at", place)[: most + 1])
    return cut(found, most, lambda mail: Place(mail.queued_at, mail.pk))


def outbound_counts(actor: Actor) -> dict[str, int]:
    return count_states(OutboundMail.objects.visible_to(actor), OutboundState.values)


def outbound_mail(outbound_id: int, actor: Actor) -> OutboundMail:
    """One mail with its channel. Raises NotFound, also where it left another team's mailbox."""
    mails = OutboundMail.objects.visible_to(actor).select_related("channel").defer("text", "html")
    found = mails.filter(pk=outbound_id).first()
    if found is None:
        raise NotFound()
    return found


def last_test_mail(channel_id: int) -> OutboundMail | None:
    """The latest test of a mailbox, whose state is the result."""
    return OutboundMail.objects.filter(channel_id=channel_id, purpose=Purpose.TEST).order_by("-pk").first()


class RecentMail(NamedTuple):
    """What the caps on automatic mail look at."""

    at: datetime
    conversation_id: int | None
    purpose: str


def recent_automatic_mails(address: str, *, since: datetime) -> list[RecentMail]:
    """The automatic mails that went to an address since then; those held back do not count."""
    mails = OutboundMail.objects.filter(
        is_automatic=True,
        queued_at__gt=since,
        recipients__overlap=list({address, address.lower()}),
    ).exclude(state=OutboundState.FAILED, cause=Cause.TOO_MANY)
    return [RecentMail(*row) for row in mails.values_list("queued_at", "conversation_id", "purpose")]
