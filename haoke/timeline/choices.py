"""Who a fact is for, and how a touch travelled."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    CUSTOMER = "customer", _("Customer")
    STAFF = "staff", _("Staff")
    AUDIT = "audit", _("Audit")


class TouchChannel(TextChoices):
    """The ways a contact with a customer can happen (S0-02, S0-43)."""

    MAIL = "mail", _("Mail")
    CALL = "call", _("Phone call")
    CHAT = "chat", _("Chat")
    PORTAL = "portal", _("Web page")
    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    SMS = "sms", _("SMS")
    FAX = "fax", _("Fax")


class Direction(TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")
