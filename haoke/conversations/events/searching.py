"""What happens to the index by which conversations are found."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SearchFact(Fact):
    subject = "rebuild"
    audience = Audience.AUDIT
    icon = "search"
    rebuild_id: int


@dataclass(frozen=True, kw_only=True)
class SearchRebuildStarted(SearchFact):
    kind = "search_rebuild.started"
    sentence = _("%(by)s started to rebuild the search index")
    total: int


@dataclass(frozen=True, kw_only=True)
class SearchRebuildCancelled(SearchFact):
    kind = "search_rebuild.cancelled"
    sentence = _("%(by)s stopped rebuilding the search index after %(done)s messages")
    done: int


@dataclass(frozen=True, kw_only=True)
class SearchRebuildFinished(SearchFact):
    kind = "search_rebuild.finished"
    sentence = _("The search index was rebuilt: %(done)s messages")
    done: int
