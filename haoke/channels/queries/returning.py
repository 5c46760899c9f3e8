"""What came back of the mails we write to colleagues: answers to them, and addresses that take none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from haoke.channels.choices import OutboundState, Purpose
from haoke.channels.models import OutboundMail

_ARRIVED_OR_NOT = (OutboundState.SENT, OutboundState.REFUSED)


def is_notification(message_ids: Collection[str]) -> bool:
    """Whether one of these Message-IDs is that of a notification of ours; nobody can guess one."""
    found = OutboundMail.objects.filter(message_id__in=message_ids, purpose=Purpose.NOTIFICATION)
    return bool(message_ids) and found.exists()


def came_back_at(address: str, *, since: datetime) -> datetime | None:
    """When the last notification to this address was refused for good; None where it was taken, or nothing was sent."""
    last = (
        OutboundMail.objects.filter(
            is_automatic=True,
            purpose=Purpose.NOTIFICATION,
            queued_at__gt=since,
            recipients__contains=[address],
            state__in=_ARRIVED_OR_NOT,
        )
        .order_by("-queued_at")
        .values_list("queued_at", "refusals")
        .first()
    )
    if last is None:
        return None
    queued_at, refusals = last
    return queued_at if refusals.get(address, {}).get("is_final") else None
