"""How far the making anew of the search index has come."""

from __future__ import annotations

from haoke.conversations.models import SearchRebuild


def running_search_rebuild() -> SearchRebuild | None:
    return SearchRebuild.objects.filter(finished_at=None).first()


def search_rebuilds(*, most: int = 10) -> list[SearchRebuild]:
    """The latest rebuilds, the newest first."""
    return list(SearchRebuild.objects.order_by("-started_at", "-pk")[:most])
