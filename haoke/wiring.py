"""The one page that says: when THIS happened, run THAT. Every arrow points up (HOUSE, section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from haoke.conversations import jobs as conversations
from haoke.quality import jobs as quality
from haoke.timeline.reactions import React

REACTIONS: Mapping[str, Sequence[React]] = {
    "mail.stored": [conversations.receive_mail],
    "mail.run_again": [conversations.receive_mail],
    "mail.sent": [conversations.note_delivery],
    "mail.refused": [conversations.note_delivery],
    "mail.failed": [conversations.note_delivery],
    "mail.uncertain": [conversations.note_delivery],
    "mail.settled": [conversations.note_settlement],
    "mail.bounced": [conversations.note_delivery],
    "conversation.closed": [quality.invite],
    "automatic_mail.sent": [quality.note_delivery],
    "delivery.failed": [quality.note_delivery],
    "survey.answered": [quality.follow_up],
    "survey.answer_changed": [quality.follow_up],
}
