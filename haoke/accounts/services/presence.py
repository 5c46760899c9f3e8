"""Saying whether one takes work: by hand, by signing in and out, and by an open page's signs of life."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.accounts import events
from haoke.accounts.choices import PresenceState
from haoke.accounts.models import Presence, Staff
from haoke.accounts.queries import running_absence
from haoke.accounts.rules import is_worth_noting, may_answer, presence_now, require_known
from haoke.core import clock, live
from haoke.core.actor import Actor
from haoke.timeline.services import record


@transaction.atomic
def set_presence(*, state: str, by: Actor) -> None:
    """Says that one is available, busy or away. Raises Forbidden for whoever answers nobody, UnknownCode."""
    by.require("conversations.answer")
    _set(by.require_staff(), require_known(state, PresenceState.values, field="state"), by=by)


@transaction.atomic
def come_in(*, staff_id: int) -> None:
    """Signing in makes available whoever answers customers, unless an absence of theirs is running."""
    staff = Staff.objects.get(pk=staff_id)
    if may_answer(staff.roles) and running_absence(staff_id) is None:
        _set(staff_id, PresenceState.AVAILABLE, by=Actor(kind="staff", id=staff_id, name=staff.name))


@transaction.atomic
def go_out(*, by: Actor) -> None:
    """Signing out makes away; whoever never said anything stays unsaid."""
    if by.staff_id is not None and Presence.objects.filter(pk=by.staff_id).exists():
        _set(by.staff_id, PresenceState.AWAY, by=by)


def note_sign_of_life(*, by: Actor) -> None:
    """Remembers, at most once a minute, that somebody is at their page; coming back after a silence is a fact."""
    now = clock.now()
    if by.staff_id is None or not by.presence or not is_worth_noting(by.seen_at, now=now):
        return
    if presence_now(by.presence, by.seen_at, now=now) == by.presence:
        Presence.objects.filter(pk=by.staff_id).update(seen_at=now)
        return
    with transaction.atomic():
        _set(by.staff_id, by.presence, by=by)


def _set(staff_id: int, state: str, *, by: Actor) -> None:
    now = clock.now()
    present, is_new = Presence.objects.select_for_update().get_or_create(
        pk=staff_id, defaults={"state": state, "since": now, "seen_at": now}
    )
    old = PresenceState.AWAY if is_new else presence_now(present.state, present.seen_at, now=now)
    _keep(present, state, now)
    if old != state:
        record(events.PresenceChanged(staff_id=staff_id, old=old, new=state), by=by, at=now)
        live.announce("presence", f"presence:{staff_id}")


def _keep(present: Presence, state: str, now: datetime) -> None:
    if present.state != state:
        present.state, present.since = state, now
    present.seen_at = now
    present.save(update_fields=["state", "since", "seen_at"])
