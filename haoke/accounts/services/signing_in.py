"""Signing in: who may try how often, and who is let in."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.models import Staff
from haoke.accounts.queries import staff_by_credentials
from haoke.core.actor import Actor
from haoke.core.limits import check_limit, forget_limit
from haoke.timeline.services import record

WINDOW = timedelta(minutes=5)
MOST_TRIES_PER_MAIL_ADDRESS = 10
MOST_TRIES_PER_NETWORK_ADDRESS = 60


def sign_in(*, email: str, password: str, address: str) -> Staff:
    """Checks a sign-in from a network address: at most 10 tries in 5 minutes per mail address, 60 per network address.

    Not one transaction: a refused try must stay counted. Raises SignInRefused, Limited.
    """
    account = f"sign-in:{email.strip().lower()}"
    check_limit(f"sign-in-from:{address}", most=MOST_TRIES_PER_NETWORK_ADDRESS, per=WINDOW)
    check_limit(account, most=MOST_TRIES_PER_MAIL_ADDRESS, per=WINDOW)
    staff = staff_by_credentials(email=email, password=password)
    if staff is None:
        raise errors.SignInRefused()
    forget_limit(account)
    with transaction.atomic():
        record(events.StaffSignedIn(staff_id=staff.pk), by=Actor(kind="staff", id=staff.pk, name=staff.name))
    return staff
