"""Stored codes of the demo customers' mails, with the words people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Seen from the customer: `in` came to them, `out` they wrote."""

    IN = "in", _("Received")
    OUT = "out", _("Sent")


class SendingState(TextChoices):
    """How far a mail of a customer got on its way to us; one that came to them has none."""

    QUEUED = "queued", _("On its way")
    SENT = "sent", _("Accepted by the company's mail server")
    FAILED = "failed", _("Not accepted")
