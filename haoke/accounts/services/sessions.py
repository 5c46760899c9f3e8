"""Sessions: noted where they are used, given a new key, and ended by their owner or an administrator."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from haoke.accounts import events
from haoke.accounts.models import SessionRecord, Staff
from haoke.accounts.queries import session_name, sessions_name
from haoke.accounts.rules import network_of
from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.timeline.services import record

NOTED_EVERY = timedelta(minutes=1)


def note_session(*, session_key: str, staff_id: int, address: str, user_agent: str) -> None:
    """Remembers whose session this is, from where, and that it was used just now; one query, about once a minute."""
    now = clock.now()
    row = SessionRecord(
        session_id=session_key,
        staff_id=staff_id,
        network=network_of(address),
        user_agent=user_agent[:300],
        started_at=now,
        seen_at=now,
    )
    try:
        SessionRecord.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["session"],
            update_fields=["staff", "network", "user_agent", "seen_at"],
        )
    except IntegrityError:
        # The session ended at this very moment, and a session that ended needs no note.
        return


def give_new_key(session: SessionBase) -> None:
    """Gives a session another key, so that whoever knew the old one is out, and keeps since when it lasts."""
    noted = SessionRecord.objects.filter(session_id=session.session_key).first()
    session.cycle_key()
    if noted is not None:
        noted.session_id = session.session_key or ""
        noted.save(force_insert=True)


@transaction.atomic
def end_session(*, name: str, by: Actor) -> None:
    """Ends one of one's own sessions by its name; it is dead at its next request. Raises Forbidden, NotFound."""
    staff = Staff.objects.get(pk=by.require_staff())
    key = next((each for each in _keys_of(staff.pk) if session_name(each) == name), None)
    if key is None:
        raise NotFound()
    _end(staff, _sessions_of(staff.pk).filter(pk=key), by=by)


@transaction.atomic
def end_other_sessions(*, session_key: str | None, by: Actor) -> int:
    """Ends all of one's own sessions but this one; returns how many. Raises Forbidden."""
    staff = Staff.objects.get(pk=by.require_staff())
    return _end(staff, _sessions_of(staff.pk).exclude(pk=session_key or ""), by=by)


@transaction.atomic
def end_sessions_of(*, staff_id: int, by: Actor) -> int:
    """Ends every session of a colleague; returns how many. Raises Forbidden, NotFound."""
    by.require("staff.change")
    staff = Staff.objects.filter(pk=staff_id).first()
    if staff is None:
        raise NotFound()
    return end_every_session(staff, by=by)


def end_every_session(staff: Staff, *, by: Actor, but: str | None = None) -> int:
    """Signs a colleague out everywhere, but for one session where it is named; the caller's transaction goes on."""
    return _end(staff, _sessions_of(staff.pk).exclude(pk=but or ""), by=by)


def sweep_sessions() -> None:
    """Removes sessions that ran out, with what was noted of them."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


def tell_sessions(staff_id: int) -> None:
    """Lets the open pages of somebody ask whether their session still lives."""
    live.announce(sessions_name(staff_id))


def _sessions_of(staff_id: int) -> QuerySet[Session]:
    return Session.objects.filter(pk__in=_keys_of(staff_id))


def _keys_of(staff_id: int) -> QuerySet:
    return SessionRecord.objects.filter(staff_id=staff_id).values_list("session_id", flat=True)


def _end(staff: Staff, sessions: QuerySet[Session], *, by: Actor) -> int:
    _rows, deleted = sessions.delete()
    ended = deleted.get(Session._meta.label, 0)
    if ended:
        tell_sessions(staff.pk)
        record(events.SessionsEnded(staff_id=staff.pk, name=staff.name, count=ended), by=by)
    return ended
