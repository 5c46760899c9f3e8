"""Where a submission stands, and what may make one suspect."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubmissionState(TextChoices):
    STORED = "stored", _("Being filed")
    QUARANTINED = "quarantined", _("In quarantine")
    FILED = "filed", _("Filed")
    REJECTED = "rejected", _("Rejected")
    FAILED = "failed", _("Not filed")


class Cause(TextChoices):
    """Why a submission waits for a person's eye."""

    TRAP = "trap", _("A field that people do not see was filled in")
    LINKS = "links", _("Many links")
    REPEATED = "repeated", _("The same text came before")
    MANY_FROM_ONE = "many_from_one", _("Many from one place in a short time")
    MANY_AT_ONCE = "many_at_once", _("Very many at the same time")
