"""The seven roles of the house as sets of abilities (RULINGS, Who sees what)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    AGENT = "agent", _("Agent")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    FIELD_ENGINEER = "field_engineer", _("Field engineer")
    SUPERVISOR = "supervisor", _("Supervisor")
    QUALITY_MANAGER = "quality_manager", _("Quality manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    SURVEYOR = "surveyor", _("Surveyor")


class SecondFactorRule(TextChoices):
    """Who has to have a second factor; everybody else may."""

    NOBODY = "nobody", _("Nobody has to")
    ADMINISTRATORS = "administrators", _("Administrators")
    LEADING = "leading", _("Administrators and supervisors")
    EVERYBODY = "everybody", _("Everybody")


class SignInStep(TextChoices):
    """What was asked, and what a sign-in was finished with."""

    PASSWORD = "password", _("password")
    CODE = "code", _("code of the app")
    RECOVERY_CODE = "recovery_code", _("recovery code")


class PresenceState(TextChoices):
    AVAILABLE = "available", _("Available")
    BUSY = "busy", _("Busy: no new work")
    AWAY = "away", _("Away")


# What each ability lets a person do; the keys are the only ability names there are.
ABILITIES = {
    "worklist.view": _("Work through one's own worklist on Today"),
    "customers.view": _("Look up customers"),
    "customers.create": _("Register customers"),
    "customers.edit": _("Change customer profiles"),
    "customers.own": _("Give customers an owner"),
    "contact_points.see": _("See phone numbers and addresses unmasked"),
    "contact_points.reveal": _("Unmask a phone number or address, which is logged"),
    "conversations.view": _("Read conversations"),
    "conversations.answer": _("Reply, note, log calls, assign, close and reopen"),
    "conversations.mark": _("Set urgency and category"),
    "conversations.share": _("Share views and canned replies with a team or with everybody"),
    "routing.change": _("Set up how conversations are given out; enter absences of colleagues"),
    "reports.view": _("See reports"),
    "quality.view": _("See survey answers and satisfaction"),
    "channels.view": _("See mailboxes and every mail that arrived or left"),
    "channels.change": _("Set up mailboxes; run mails again"),
    "staff.view": _("See staff and teams"),
    "staff.change": _("Set up staff, teams and areas"),
    "tokens.change": _("Create and revoke API tokens"),
    "policies.view": _("See policies and calendars"),
    "policies.change": _("Change policies and calendars"),
    "operations.view": _("See failed jobs and the audit trail"),
    "operations.change": _("Run failed jobs again"),
    "access.open": _("Open customer data for an hour, with a reason that is logged"),
    "styleguide.view": _("See the style guide"),
}

_FLOOR = {"worklist.view", "styleguide.view"}
_SERVING = {
    "customers.view",
    "customers.create",
    "customers.edit",
    "conversations.view",
    "conversations.answer",
    "conversations.mark",
    "quality.view",
    "reports.view",
}

ABILITIES_OF: dict[str, frozenset[str]] = {
    Role.AGENT: frozenset(_FLOOR | _SERVING | {"contact_points.reveal"}),
    Role.ACCOUNT_MANAGER: frozenset(_FLOOR | _SERVING | {"contact_points.see"}),
    Role.FIELD_ENGINEER: frozenset(_FLOOR | {"customers.view", "conversations.view", "contact_points.see"}),
    Role.SUPERVISOR: frozenset(
        _FLOOR
        | _SERVING
        | {
            "customers.own",
            "contact_points.see",
            "conversations.share",
            "routing.change",
            "channels.view",
            "staff.view",
            "policies.view",
        }
    ),
    Role.QUALITY_MANAGER: frozenset(
        _FLOOR | {"customers.view", "conversations.view", "quality.view", "reports.view", "policies.view"}
    ),
    Role.ADMINISTRATOR: frozenset(
        _FLOOR
        | {
            "customers.view",
            "conversations.view",
            "conversations.share",
            "routing.change",
            "reports.view",
            "channels.view",
            "channels.change",
            "staff.view",
            "staff.change",
            "tokens.change",
            "policies.view",
            "policies.change",
            "operations.view",
            "operations.change",
            "access.open",
        }
    ),
    # An outside surveyor sees an assigned sample, which comes with survey programmes.
    Role.SURVEYOR: frozenset(),
}


class Theme(TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

# Zones offered on the account page, from west to east; where somebody else works, the house's own zone is right.
TIME_ZONES = (
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Tashkent",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Urumqi",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
