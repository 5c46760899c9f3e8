"""What helps to write, when it changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import CannedScope
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CannedReplyFact(Fact):
    """Never the text itself; a personal one is told of too, so that the audit trail has no holes."""

    subject = "canned_reply"
    audience = Audience.AUDIT
    icon = "zap"
    labels = {"scope": CannedScope}
    canned_reply_id: int
    shortcut: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class CannedReplyCreated(CannedReplyFact):
    kind = "canned_reply.created"
    sentence = _("%(by)s wrote canned reply /%(shortcut)s (%(scope)s)")


@dataclass(frozen=True, kw_only=True)
class CannedReplyChanged(CannedReplyFact):
    kind = "canned_reply.changed"
    sentence = _("%(by)s changed canned reply /%(shortcut)s (%(scope)s)")


@dataclass(frozen=True, kw_only=True)
class CannedReplyRetired(CannedReplyFact):
    kind = "canned_reply.retired"
    sentence = _("%(by)s took canned reply /%(shortcut)s out of use (%(scope)s)")


@dataclass(frozen=True, kw_only=True)
class CannedReplyRevived(CannedReplyFact):
    kind = "canned_reply.revived"
    sentence = _("%(by)s put canned reply /%(shortcut)s back in use (%(scope)s)")
