"""Forgetting what was read long ago."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from haoke.core import clock
from haoke.notifications.models import Notification

KEPT = timedelta(days=90)
# What nobody read in a year, nobody will: the facts themselves stay in the timeline.
KEPT_UNREAD = timedelta(days=365)


@transaction.atomic
def sweep() -> int:
    """Removes what was read, or only mailed, and is older than 90 days, and all that is older than a year."""
    now = clock.now()
    is_done = Q(read_at__isnull=False) | Q(in_page=False) | Q(is_covered=True)
    old = Notification.objects.filter(Q(at__lt=now - KEPT) & is_done | Q(at__lt=now - KEPT_UNREAD))
    removed, _by_model = old.delete()
    return removed
