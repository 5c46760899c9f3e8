"""What a colleague can be told of, and how often by mail."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    ASSIGNED = "assigned", _("A conversation was assigned to me")
    CUSTOMER_WROTE = "customer_wrote", _("A customer wrote in a conversation of mine, or one that I follow")
    MENTIONED = "mentioned", _("A colleague asked for me in a note")
    NOTED = "noted", _("A colleague wrote a note in a conversation of mine, or one that I follow")
    HANDED_OVER = "handed_over", _("A conversation is handed over to me or my team")
    HANDOVER_DROPPED = "handover_dropped", _("Nobody accepted in time what I handed over, or somebody of my team")
    DUE_SOON = "due_soon", _("A conversation of mine is due soon")
    OVERDUE = "overdue", _("A conversation of mine, or of a team that I supervise, is overdue")
    UNDELIVERED = "undelivered", _("A reply in a conversation of mine did not arrive")
    LOW_SCORE = "low_score", _("A customer gave a low score in a conversation of mine")
    UNASSIGNED = "unassigned", _("A conversation of my team belongs to nobody yet")
    SECURITY = "security", _("Somebody signed in as me from a new network, or my access changed")


class MailWish(TextChoices):
    NEVER = "never", _("No mail")
    DIGEST = "digest", _("In the summary")
    AT_ONCE = "at_once", _("At once, at any hour")


class Rhythm(TextChoices):
    """How often the summary comes, if there is anything to say."""

    HOURLY = "hourly", _("Every hour at most, within working hours")
    DAILY = "daily", _("Once a working day, at 8:30")
