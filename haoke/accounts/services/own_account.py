"""What colleagues change about their own account."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import LANGUAGES, TIME_ZONES, Theme
from haoke.accounts.models import Staff
from haoke.accounts.rules import require_known
from haoke.accounts.services.passwords import set_password
from haoke.accounts.services.sessions import end_every_session, tell_sessions
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.limits import check_limit
from haoke.timeline.services import record

MOST_PASSWORD_TRIES = 10


@transaction.atomic
def change_preferences(
    *, language: str | None = None, theme: str | None = None, time_zone: str | None = None, by: Actor
) -> None:
    """Remembers one's own language, theme and zone; not a fact, since it changes nothing for anybody else.

    An empty zone is the house's own. Raises Invalid.
    """
    changes = {}
    if language:
        changes["language"] = require_known(language, dict(LANGUAGES), field="language")
    if theme:
        changes["theme"] = require_known(theme, Theme.values, field="theme")
    if time_zone is not None:
        changes["time_zone"] = require_known(time_zone, ("", *TIME_ZONES), field="time_zone")
    if by.staff_id and changes:
        Staff.objects.filter(pk=by.staff_id).update(**changes)


def check_own_password(*, password: str, by: Actor, field: str) -> None:
    """Makes sure that it is really they who sit there: at most 10 tries in 5 minutes.

    Counted outside a transaction, so that a refused try stays counted. Raises Forbidden, WrongPassword, Limited.
    """
    staff_id = by.require_staff()
    check_limit(f"own-password:{staff_id}", most=MOST_PASSWORD_TRIES, per=timedelta(minutes=5))
    if not Staff.objects.get(pk=staff_id).check_password(password):
        raise errors.WrongPassword(field=field)


def change_own_password(*, current: str, new: str, session_key: str | None = None, by: Actor) -> Staff:
    """Replaces one's own password; every session of theirs but the named one ends with it.

    Raises Forbidden, WrongPassword, Invalid, Limited.
    """
    now = clock.now()
    check_own_password(password=current, by=by, field="current")
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=by.id or 0)
        set_password(staff, new, field="new")
        staff.save(update_fields=["password"])
        record(events.StaffPasswordChanged(staff_id=staff.pk), by=by, at=now)
        end_every_session(staff, but=session_key, by=by)
        # Those that were never noted are dead too, for the password they were opened with is gone.
        tell_sessions(staff.pk)
    return staff
