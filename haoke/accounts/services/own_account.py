"""What colleagues change about their own account."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import LANGUAGES, Theme
from haoke.accounts.models import Staff
from haoke.accounts.rules import require_known
from haoke.accounts.services.passwords import set_password
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden
from haoke.core.limits import check_limit
from haoke.timeline.services import record

MOST_PASSWORD_TRIES = 10


@transaction.atomic
def change_preferences(*, language: str | None = None, theme: str | None = None, by: Actor) -> None:
    """Remembers one's own language and theme; not a fact, since it changes nothing for anybody else. Raises Invalid."""
    changes = {}
    if language:
        changes["language"] = require_known(language, dict(LANGUAGES), field="language")
    if theme:
        changes["theme"] = require_known(theme, Theme.values, field="theme")
    if by.staff_id and changes:
        Staff.objects.filter(pk=by.staff_id).update(**changes)


def change_own_password(*, current: str, new: str, by: Actor) -> Staff:
    """Replaces one's own password; every other session of theirs ends with it.

    At most 10 tries in 5 minutes, counted outside the transaction, so that a refused one stays counted.
    Raises Forbidden, WrongPassword, Invalid, Limited.
    """
    if by.staff_id is None:
        raise Forbidden()
    check_limit(f"own-password:{by.staff_id}", most=MOST_PASSWORD_TRIES, per=timedelta(minutes=5))
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(pk=by.staff_id)
        if not staff.check_password(current):
            raise errors.WrongPassword(field="current")
        set_password(staff, new, field="new")
        staff.save(update_fields=["password"])
        record(events.StaffPasswordChanged(staff_id=staff.pk), by=by)
    return staff
