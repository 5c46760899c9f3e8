"""Who a fact is for, how a touch travelled, and in which ways personal data is looked at."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class AccessKind(TextChoices):
    """What the access log tells apart."""

    CUSTOMER = "customer", _("Customer page opened")
    CONVERSATION = "conversation", _("Conversation opened")
    CONTACT_POINT = "contact_point", _("Contact point unmasked")
    SEARCH = "search", _("Searched")
    EXPORT = "export", _("Taken out as a file")
    OPENED_DATA = "opened_data", _("Customer data opened for an hour")
    SIGN_IN = "sign_in", pgettext_lazy("access", "Signed in")
    REFUSED_SIGN_IN = "refused_sign_in", _("Sign-in refused")
