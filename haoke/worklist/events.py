"""What happens to worklist items."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact
from haoke.worklist.kinds import LABELS


@dataclass(frozen=True, kw_only=True)
class WorklistItemFinished(Fact):
    kind = "worklist_item.finished"
    subject = "item"
    audience = Audience.STAFF
    icon = "check"
    sentence = _("%(by)s finished: %(task)s")
    labels = {"task": LABELS}
    item_id: int
    task: str


@dataclass(frozen=True, kw_only=True)
class WorklistItemReopened(Fact):
    kind = "worklist_item.reopened"
    subject = "item"
    audience = Audience.STAFF
    icon = "undo-2"
    sentence = _("%(by)s took up again: %(task)s")
    labels = {"task": LABELS}
    item_id: int
    task: str
