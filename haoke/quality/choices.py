"""Stored codes of surveys, with the words people read (GLOSSARY, Surveys and satisfaction)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Score(IntegerChoices):
    """One customer's verdict on one service."""

    VERY_BAD = 1, _("Very bad")
    BAD = 2, _("Bad")
    FAIR = 3, _("Fair")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Very good")


class InvitationState(TextChoices):
    """Where an invitation stands; that one has expired is told by the clock alone, so it is not stored."""

    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    SUPPRESSED = "suppressed", _("Not asked")


class SuppressionReason(TextChoices):
    """Why a customer was not asked."""

    REOPENED = "reopened", _("the conversation was reopened first")
    NOT_SERVED = "not_served", _("nobody had answered or spoken with the customer")
    CAP = "cap", _("they were asked not long ago")
    NO_ADDRESS = "no_address", _("there is no address or mailbox to ask by")
    NOT_DELIVERED = "not_delivered", _("the mail did not arrive")
