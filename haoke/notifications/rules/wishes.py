"""What people are told of, and how, as long as they have not chosen otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from haoke.notifications.choices import Kind, MailWish


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether a kind stands in the list behind the bell, and whether it comes by mail."""

    in_page: bool = True
    mail: str = MailWish.DIGEST

    @property
    def is_silent(self) -> bool:
        return not self.in_page and self.mail == MailWish.NEVER


# What others wait for comes by mail too; what one sees anyway while working does not.
DEFAULTS: Mapping[str, Wish] = {
    Kind.ASSIGNED: Wish(),
    Kind.CUSTOMER_WROTE: Wish(mail=MailWish.NEVER),
    Kind.MENTIONED: Wish(),
    Kind.NOTED: Wish(mail=MailWish.NEVER),
    Kind.HANDED_OVER: Wish(),
    Kind.HANDOVER_DROPPED: Wish(),
    Kind.DUE_SOON: Wish(mail=MailWish.NEVER),
    Kind.OVERDUE: Wish(),
    Kind.UNDELIVERED: Wish(),
    Kind.LOW_SCORE: Wish(),
    Kind.UNASSIGNED: Wish(in_page=False, mail=MailWish.NEVER),
    Kind.SECURITY: Wish(mail=MailWish.AT_ONCE),
}

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("My conversations"),
        (Kind.ASSIGNED, Kind.CUSTOMER_WROTE, Kind.MENTIONED, Kind.NOTED, Kind.UNDELIVERED, Kind.LOW_SCORE),
    ),
    (_("Handovers"), (Kind.HANDED_OVER, Kind.HANDOVER_DROPPED)),
    (_("Time"), (Kind.DUE_SOON, Kind.OVERDUE)),
    (_("My team"), (Kind.UNASSIGNED,)),
    (_("My account"), (Kind.SECURITY,)),
)
