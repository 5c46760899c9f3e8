"""Searches kept under a name: one's own, those of one's teams, and those everybody has."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from haoke.conversations.choices import Sharing
from haoke.conversations.models import SavedView
from haoke.core.actor import Actor
from haoke.core.errors import NotFound


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own views first, then the shared ones, each by name."""
    return sorted(_visible_to(actor), key=lambda view: view.owner_id != actor.staff_id)


def own_or_shared_view(view_id: int, actor: Actor) -> SavedView:
    """Raises NotFound."""
    found = _visible_to(actor).filter(pk=view_id).first() if 0 < view_id < 2**63 else None
    if found is None:
        raise NotFound()
    return found


def _visible_to(actor: Actor) -> QuerySet[SavedView]:
    shared = Q(sharing=Sharing.COMPANY) | Q(sharing=Sharing.TEAM, team_id__in=actor.team_ids)
    views = SavedView.objects.filter(removed_at=None).filter(shared | Q(owner_id=actor.staff_id))
    return views.select_related("owner", "team")
