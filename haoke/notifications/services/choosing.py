"""Choosing what one is told of, and how."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from haoke.core.actor import Actor
from haoke.core.errors import Invalid
from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.errors import ForPeopleOnly
from haoke.notifications.models import Choice, Correspondence, Notification
from haoke.notifications.queries import wishes_of
from haoke.notifications.rules import DEFAULTS, Wish


@transaction.atomic
def choose(*, wishes: Mapping[str, Wish], rhythm: str, by: Actor) -> None:
    """Keeps the actor's wishes; what is as the house does it anyway is not kept, and changes with the house.

    What waits to be mailed follows the new wish. Raises ForPeopleOnly, Invalid.
    """
    if by.staff_id is None:
        raise ForPeopleOnly()
    if rhythm not in Rhythm.values:
        raise Invalid(field="rhythm")
    before = wishes_of(by.staff_id)
    for kind, wish in wishes.items():
        if kind not in Kind.values or wish.mail not in MailWish.values:
            raise Invalid(field=f"mail_{kind}")
        if wish != before[kind]:
            _keep(by.staff_id, kind, wish)
    Correspondence.objects.update_or_create(staff_id=by.staff_id, defaults={"rhythm": rhythm})


def _keep(staff_id: int, kind: str, wish: Wish) -> None:
    if wish == DEFAULTS[kind]:
        Choice.objects.filter(staff_id=staff_id, kind=kind).delete()
    else:
        chosen = {"in_page": wish.in_page, "mail": wish.mail}
        Choice.objects.update_or_create(staff_id=staff_id, kind=kind, defaults=chosen)
    Notification.objects.filter(recipient_id=staff_id, kind=kind, read_at=None, mailed_at=None).update(mail=wish.mail)
