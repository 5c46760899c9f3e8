"""The stored codes of the archive and their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CustomerKind(TextChoices):
    PERSON = "person", _("Individual")
    ORGANISATION = "organisation", _("Organisation")


class Honorific(TextChoices):
    MR = "mr", _("Mr")
    MS = "ms", _("Ms")
    TEACHER = "teacher", _("Teacher")
    DIRECTOR = "director", _("Director")


class Nature(TextChoices):
    """What the customer is in our trade (GLOSSARY: customer nature)."""

    RETAIL = "retail", _("Retail customer")
    MERCHANT = "merchant", _("Merchant")
    DISTRIBUTOR = "distributor", _("Distributor")
    INTERNAL = "internal", _("Internal customer")


class Language(TextChoices):
    """The language we write to the customer in; each is named in itself."""

    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class Source(TextChoices):
    """Where we have the data from (S0-67)."""

    CUSTOMER = "customer", _("Told by the customer")
    MAIL = "mail", _("From a mail to us")
    REFERRAL = "referral", _("Referral")
    GATHERING = "gathering", _("Met in person")
    PUBLIC = "public", _("Public sources")
    IMPORT = "import", _("Taken over from another system")
    OTHER = "other", _("Other")


class Status(TextChoices):
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    LOST = "lost", _("Lost")
    MERGED = "merged", _("Merged")
    ERASED = "erased", _("Erased")


class ContactKind(TextChoices):
    MAIL = "mail", _("Mail")
    PHONE = "phone", _("Phone")
    WECHAT = "wechat", _("WeChat")
    WECOM = "wecom", _("WeCom")
    FAX = "fax", _("Fax")
    OTHER = "other", _("Other")


class OwnershipKind(TextChoices):
    PRIMARY = "primary", _("Owner")
    BACKUP = "backup", _("Backup owner")
    TEAM = "team", _("Team")


class BasicField(TextChoices):
    """What an archive should hold to count as complete (S0-67)."""

    PHONE = "phone", _("Phone")
    MAIL = "mail", _("Mail")
    HONORIFIC = "honorific", _("Honorific")
    CREDIT_CODE = "credit_code", _("Unified social credit code")
    INDUSTRY = "industry", _("Industry")
    LANGUAGE = "language", _("Language")
    ADDRESS = "address", _("Province and city")
    SOURCE = "source", _("Source of the data")


class MatchedOn(TextChoices):
    """What a search found the customer by."""

    NUMBER = "number", _("Archive number")
    NAME = "name", _("Name")
    PINYIN = "pinyin", _("Pinyin")
    PHONE = "phone", _("Phone")
    MAIL = "mail", _("Mail")
    CONTACT_POINT = "contact_point", _("Contact point")


class Sort(TextChoices):
    NAME = "name", _("Name")
    NEWEST = "newest", _("Newest first")
    NUMBER = "number", _("Archive number")


class OwnerFilter(TextChoices):
    MINE = "mine", _("My customers")
    NONE = "none", _("Public pool")


# How each detail of the archive is called on pages, in forms and in sentences.
DETAIL_LABELS = {
    "kind": _("Kind"),
    "name": _("Name"),
    "honorific": _("Honorific"),
    "position": _("Position"),
    "nature": _("Customer nature"),
    "language": _("Language"),
    "source": _("Source of the data"),
    "industry": _("Industry"),
    "credit_code": _("Unified social credit code"),
    "area_id": _("Area"),
    "province": _("Province"),
    "city": _("City"),
    "district": _("District"),
    "street": _("Street and house"),
    "note": _("Note"),
}
