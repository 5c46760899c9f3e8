"""Stored codes of conversations and messages, with the words people read (GLOSSARY, Inbox)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for customer")
    ON_HOLD = "on_hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Urgency(TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Phase(TextChoices):
    """The phase of service a record belongs to (S0-11); every category knows its own."""

    PRE_SALE = "pre_sale", _("Pre-sale")
    IN_SALE = "in_sale", _("In-sale")
    AFTER_SALE = "after_sale", _("After-sale")


class MessageKind(TextChoices):
    MAIL = "mail", _("Mail")
    NOTE = "note", _("Internal note")
    CALL = "call", _("Phone call")


class ReopenReason(TextChoices):
    CUSTOMER_WROTE = "customer_wrote", _("The customer wrote again")
    BY_HAND = "by_hand", _("Reopened by hand")


class DeliveryOutcome(TextChoices):
    """What can happen to a mail of ours instead of arriving."""

    REFUSED = "refused", _("refused by the other side")
    FAILED = "failed", _("not sent")
    UNCERTAIN = "uncertain", _("nobody can know whether it was sent")
    BOUNCED = "bounced", _("sent back")
