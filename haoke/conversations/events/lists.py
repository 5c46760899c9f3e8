"""What colleagues do with the inbox itself: changes of many at once, and searches kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import BulkAction, Sharing
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BulkChangeFact(Fact):
    """Told of the whole; each conversation has its own fact beside it."""

    subject = "bulk_change"
    audience = Audience.AUDIT
    labels = {"action": BulkAction}
    bulk_change_id: int
    action: str
    total: int


@dataclass(frozen=True, kw_only=True)
class BulkChangeBegun(BulkChangeFact):
    kind = "bulk_change.begun"
    icon = "layers"
    sentence = _("%(by)s began to change %(total)s conversations at once: %(action)s")


@dataclass(frozen=True, kw_only=True)
class BulkChangeTakenBack(BulkChangeFact):
    kind = "bulk_change.taken_back"
    icon = "undo-2"
    sentence = _("%(by)s took a change of %(total)s conversations back: %(action)s")


@dataclass(frozen=True, kw_only=True)
class SavedViewFact(Fact):
    subject = "saved_view"
    audience = Audience.AUDIT
    labels = {"sharing": Sharing}
    saved_view_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ViewSaved(SavedViewFact):
    kind = "saved_view.saved"
    icon = "list-filter"
    sentence = _("%(by)s saved the view “%(name)s” (%(sharing)s)")
    sharing: str


@dataclass(frozen=True, kw_only=True)
class ViewChanged(SavedViewFact):
    kind = "saved_view.changed"
    icon = "list-filter"
    sentence = _("%(by)s changed the view “%(name)s” (%(sharing)s)")
    sharing: str


@dataclass(frozen=True, kw_only=True)
class ViewRemoved(SavedViewFact):
    kind = "saved_view.removed"
    icon = "trash-2"
    sentence = _("%(by)s removed the view “%(name)s”")


@dataclass(frozen=True, kw_only=True)
class ViewRestored(SavedViewFact):
    kind = "saved_view.restored"
    icon = "undo-2"
    sentence = _("%(by)s put the view “%(name)s” back")
