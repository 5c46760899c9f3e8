"""Signing in: who may try how often, who is let in, and who is asked for a code as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from haoke.accounts import errors, events
from haoke.accounts.choices import SignInStep
from haoke.accounts.models import Staff
from haoke.accounts.queries import has_second_factor, must_have_second_factor, staff_by_credentials
from haoke.accounts.rules import network_of
from haoke.accounts.services.codes import accept_code, count_try, forget_tries
from haoke.accounts.services.presence import come_in
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.limits import check_limit, forget_limit
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access, record

WINDOW = timedelta(minutes=5)
MOST_TRIES_PER_MAIL_ADDRESS = 10
MOST_TRIES_PER_NETWORK_ADDRESS = 60


@dataclass(frozen=True)
class Admission:
    """Who gave what was asked: in already, still to give a code, or to set a second factor up before anything else."""

    staff: Staff
    needs_code: bool = False
    must_set_up: bool = False


def sign_in(*, email: str, password: str, address: str) -> Admission:
    """Checks mail address and password: at most 10 tries in 5 minutes per mail address, 60 per network address.

    Not one transaction: a refused try must stay counted. Raises SignInRefused, Limited.
    """
    account = f"sign-in:{email.strip().lower()}"
    check_limit(f"sign-in-from:{address}", most=MOST_TRIES_PER_NETWORK_ADDRESS, per=WINDOW)
    check_limit(account, most=MOST_TRIES_PER_MAIL_ADDRESS, per=WINDOW)
    staff = staff_by_credentials(email=email, password=password)
    if staff is None:
        _note_refused(Staff.objects.filter(email=email.strip().lower()).first(), address)
        raise errors.SignInRefused()
    forget_limit(account)
    if has_second_factor(staff.pk):
        return Admission(staff, needs_code=True)
    return _let_in(staff, SignInStep.PASSWORD, address)


def finish_sign_in(*, staff_id: int, password_mark: str, code: str, address: str) -> Admission:
    """Checks the code after the password: the app's, or a recovery code.

    `password_mark` is the session hash of the password that was given, which may have been replaced meanwhile.
    Raises SignInRefused, CodeRefused, Limited.
    """
    now = clock.now()
    count_try(staff_id, address=address)
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is None or not constant_time_compare(staff.get_session_auth_hash(), password_mark):
        raise errors.SignInRefused()
    try:
        with transaction.atomic():
            step = accept_code(staff_id, code, at=now)
    except errors.CodeRefused:
        _note_refused(staff, address)
        raise
    forget_tries(staff_id)
    return _let_in(staff, step, address)


@transaction.atomic
def _let_in(staff: Staff, step: str, address: str) -> Admission:
    actor, network = Actor(kind="staff", id=staff.pk, name=staff.name), network_of(address)
    record(events.StaffSignedIn(staff_id=staff.pk, network=network, finished_with=step), by=actor)
    note_access(kind=AccessKind.SIGN_IN, subject_kind="staff", subject_id=staff.pk, network=network, by=actor)
    come_in(staff_id=staff.pk)
    needs_one = step == SignInStep.PASSWORD and must_have_second_factor(staff.roles)
    return Admission(staff, must_set_up=needs_one)


def _note_refused(staff: Staff | None, address: str) -> None:
    """The same work for a known and an unknown address, and never what was typed: it may be a password."""
    note_access(
        kind=AccessKind.REFUSED_SIGN_IN,
        subject_kind="staff",
        subject_id=staff.pk if staff else None,
        network=network_of(address),
        by=Actor.nobody(),
    )
