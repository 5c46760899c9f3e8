"""Keeping a search under a name, for oneself, one's team or everybody."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.conversations import errors, events
from haoke.conversations.choices import InboxSort, Sharing
from haoke.conversations.models import SavedView
from haoke.conversations.queries import own_or_shared_view
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Invalid, NotFound
from haoke.timeline.services import record


@transaction.atomic
def save_view(*, name: str, search: str, sort: str, sharing: str, team_id: int | None = None, by: Actor) -> SavedView:
    """Keeps a search and its order under a name. Raises Forbidden, Invalid."""
    now = clock.now()
    owner_id = by.require_staff()
    by.require("conversations.view")
    if sort not in InboxSort.values or len(search) > 500:
        raise Invalid(field="search")
    view = SavedView.objects.create(
        search=search.strip(), sort=sort, owner_id=owner_id, created_at=now, **_called(name, sharing, team_id, by)
    )
    record(events.ViewSaved(saved_view_id=view.pk, name=view.name, sharing=view.sharing), by=by, at=now)
    return view


@transaction.atomic
def change_view(
    *,
    view_id: int,
    name: str,
    sharing: str,
    team_id: int | None = None,
    search: str | None = None,
    sort: str | None = None,
    version: int | None = None,
    by: Actor,
) -> SavedView:
    """Renames a view of one's own, shares it otherwise, or lets it show something else.

    Raises NotFound, NotYourView, Invalid, Conflict.
    """
    now = clock.now()
    view = _own_view(view_id, by, version=version)
    for field, value in _called(name, sharing, team_id, by).items():
        setattr(view, field, value)
    view.search = view.search if search is None else search.strip()[:500]
    view.sort = sort if sort in InboxSort.values else view.sort
    _save(view)
    record(events.ViewChanged(saved_view_id=view.pk, name=view.name, sharing=view.sharing), by=by, at=now)
    return view


@transaction.atomic
def remove_view(*, view_id: int, by: Actor) -> SavedView:
    """Takes a view off everybody's list; it can be put back. Raises NotFound, NotYourView."""
    now = clock.now()
    view = _own_view(view_id, by)
    view.removed_at = now
    _save(view)
    record(events.ViewRemoved(saved_view_id=view.pk, name=view.name), by=by, at=now)
    return view


@transaction.atomic
def put_view_back(*, view_id: int, by: Actor) -> SavedView:
    """Raises NotFound, also where the view was never removed."""
    now = clock.now()
    view = SavedView.objects.select_for_update().filter(pk=view_id, owner_id=by.staff_id).first()
    if view is None or view.removed_at is None:
        raise NotFound()
    view.removed_at = None
    _save(view)
    record(events.ViewRestored(saved_view_id=view.pk, name=view.name), by=by, at=now)
    return view


def _own_view(view_id: int, by: Actor, *, version: int | None = None) -> SavedView:
    own_or_shared_view(view_id, by)
    view = SavedView.objects.select_for_update().get(pk=view_id)
    if view.owner_id != by.staff_id:
        raise errors.NotYourView()
    if version is not None and view.version != version:
        raise errors.VersionConflict(by=by.name)
    return view


def _called(name: str, sharing: str, team_id: int | None, by: Actor) -> dict[str, Any]:
    """The columns that say what a view is called and who has it."""
    name = " ".join(name.split())
    if not 0 < len(name) <= 60:
        raise Invalid(field="name")
    if sharing not in Sharing.values:
        raise Invalid(field="sharing")
    if sharing != Sharing.PRIVATE:
        by.require("conversations.share")
    if sharing != Sharing.TEAM:
        return {"name": name, "sharing": sharing, "team_id": None}
    if team_id is None or team_id not in accounts.team_names([team_id]):
        raise errors.TeamNeeded(field="team")
    return {"name": name, "sharing": sharing, "team_id": team_id}


def _save(view: SavedView) -> None:
    view.version += 1
    view.save()
