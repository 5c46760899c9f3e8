"""The one page that says: when THIS happened, run THAT. Every arrow points up (HOUSE, section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from haoke.conversations import jobs as conversations
from haoke.notifications import jobs as notifications
from haoke.quality import jobs as quality
from haoke.timeline.reactions import React
from haoke.web_forms import jobs as web_forms

REACTIONS: Mapping[str, Sequence[React]] = {
    "mail.stored": [conversations.receive_mail],
    "mail.run_again": [conversations.receive_mail],
    "mail.sent": [conversations.note_delivery],
    "mail.refused": [conversations.note_delivery],
    "mail.failed": [conversations.note_delivery],
    "mail.uncertain": [conversations.note_delivery],
    "mail.settled": [conversations.note_settlement],
    "mail.bounced": [conversations.note_delivery],
    "customer.edited": [conversations.reindex_customer],
    "conversation.closed": [conversations.free_up, conversations.end_handover, quality.invite],
    "automatic_mail.sent": [conversations.note_contact, quality.note_delivery],
    "delivery.failed": [quality.note_delivery, notifications.notify],
    "survey.answered": [quality.follow_up, notifications.notify],
    "survey.answer_changed": [quality.follow_up, notifications.notify],
    "conversation.started": [conversations.route_waiting, notifications.notify],
    "conversation.assigned": [conversations.note_assignment, notifications.notify],
    "message.received": [conversations.route, notifications.notify],
    "form.received": [conversations.route, notifications.notify],
    "note.written": [notifications.notify],
    "colleague.mentioned": [notifications.notify],
    "web_form.submitted": [web_forms.file_submission],
    "submission.released": [web_forms.file_submission],
    "submission.run_again": [web_forms.file_submission],
    "calendar_day.marked": [conversations.note_calendar],
    "calendar_day.cleared": [conversations.note_calendar],
    "calendar_year.imported": [conversations.note_calendar],
    "weekly_hours.changed": [conversations.note_calendar],
    "clock.warned": [notifications.notify],
    "clock.breached": [notifications.notify],
    "handover.begun": [notifications.notify],
    "handover.dropped": [notifications.notify],
    "staff.changed": [conversations.free_up_colleague, notifications.notify],
    "staff.password_changed": [notifications.notify],
    "staff.signed_in": [notifications.notify],
    "second_factor.set_up": [notifications.notify],
    "second_factor.removed": [notifications.notify],
    "second_factor.reset": [notifications.notify],
    "recovery_codes.renewed": [notifications.notify],
    "sessions.ended": [notifications.notify],
    "conversation.reopened": [conversations.route],
    "conversation.identified": [conversations.route_waiting],
    "conversation.category_set": [conversations.route_waiting],
    "snooze.ended": [conversations.route_waiting],
    "conversation.merged": [conversations.free_up, conversations.end_handover],
    "conversation.snoozed": [conversations.free_up],
    "conversation.state_changed": [conversations.free_up_after_state, conversations.end_handover],
    "message.sent": [conversations.note_contact],
    "call.logged": [conversations.note_contact],
    "presence.changed": [conversations.free_up_colleague],
    "absence.cancelled": [conversations.free_up_colleague],
    "staff.workload_changed": [conversations.free_up_colleague],
    "routing.changed": [conversations.free_up_team],
}
