"""Signed slips of paper: one that a page was shown and when, one that something was sent."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

from haoke.core import clock

_PAGE = "haoke.web_forms.page"
_SENT = "haoke.web_forms.sent"


@dataclass(frozen=True)
class PageSlip:
    """Which showing of the page somebody sends, and for how many seconds they had it before them."""

    token: UUID
    seconds: float


def new_page_slip(key: str) -> str:
    """For one showing of a form; nothing is kept for it."""
    return signing.dumps([str(uuid4()), key, clock.now().timestamp()], salt=_PAGE)


def read_page_slip(slip: str, key: str) -> PageSlip | None:
    """None for one that we did not write, or wrote for another form."""
    try:
        token, written_for, shown_at = signing.loads(slip, salt=_PAGE)
    except (signing.BadSignature, ValueError):
        return None
    return PageSlip(UUID(token), clock.now().timestamp() - shown_at) if written_for == key else None


def receipt_of(token: UUID) -> str:
    """What the address of the thanks carries: nobody can guess another's."""
    return signing.dumps(str(token), salt=_SENT)


def token_in(receipt: str) -> UUID | None:
    try:
        return UUID(signing.loads(receipt, salt=_SENT))
    except (signing.BadSignature, ValueError):
        return None
