"""What people type about mailboxes and mails: its shape, not whether it may be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.channels.choices import OutgoingSecurity
from haoke.core.ui.choosing import offer

LONGEST_PASSWORD = 500
Choices = Sequence[tuple[int, str]]


def _mail_address(label: Any, *, autocomplete: str, hint: Any = "") -> forms.CharField:
    # The service decides what an address is: Django's own check knows no addresses outside ASCII.
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, "inputmode": "email", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=254, widget=widget, help_text=hint)


class NewChannel(forms.Form):
    """A mailbox; teams are handed in as choices."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("How colleagues call this mailbox."))
    team_id = forms.TypedChoiceField(label=_("Team"), coerce=int, help_text=_("New conversations go to this team."))
    address = _mail_address(
        _("Mail address"), autocomplete="off", hint=_("Customers write here, and our mails come from here.")
    )
    display_name = forms.CharField(
        label=_("Sender name"), max_length=100, help_text=_("Customers see it beside the address.")
    )
    registers_senders = forms.BooleanField(
        label=_("Register unknown senders as customers"), required=False, initial=True
    )
    acknowledges = forms.BooleanField(
        label=_("Tell the customer that their mail arrived"), required=False, initial=True
    )
    is_active = forms.BooleanField(
        label=_("Switched on"),
        required=False,
        initial=True,
        help_text=_("Switched off, it neither takes nor sends mail."),
    )
    outgoing_host = forms.CharField(
        label=_("Outgoing server"),
        max_length=253,
        widget=forms.TextInput(attrs={"spellcheck": "false", "placeholder": "smtp.example.com"}),
    )
    outgoing_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    outgoing_security = forms.ChoiceField(
        label=_("Protection of the line"), choices=OutgoingSecurity.choices, initial=OutgoingSecurity.STARTTLS
    )
    outgoing_user = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        help_text=_("Leave it empty where the server asks for none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    outgoing_password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        required=False,
        strip=False,
        help_text=_("It is stored encrypted and never shown again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, teams: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["team_id"], teams)


class KnownChannel(NewChannel):
    """A mailbox that is there already: an empty password keeps the stored one, a tick forgets it."""

    forgets_password = forms.BooleanField(label=_("Forget the stored password"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_password:
            self.fields["outgoing_password"].help_text = _(
                "Leave it empty to keep the stored one, which is never shown."
            )
        else:
            # Nothing stored is nothing to forget.
            del self.fields["forgets_password"]

    def clean(self) -> dict[str, Any]:
        """A password of None means: as it is."""
        values = super().clean() or {}
        forgets = values.pop("forgets_password", False)
        if not values.get("outgoing_password"):
            values["outgoing_password"] = "" if forgets else None
        return values


class TestMail(forms.Form):
    recipient = _mail_address(_("Send it to"), autocomplete="email")


class Settlement(forms.Form):
    """What a person found out about an uncertain mail."""

    answer = forms.ChoiceField(choices=[("arrived", _("It arrived")), ("again", _("Send again"))])


class SourceReason(forms.Form):
    """RULINGS: no message bodies without a logged reason."""

    reason = forms.CharField(
        label=_("Why do you need to read this mail?"),
        max_length=500,
        help_text=_("It is kept in the audit trail with your name and the time."),
    )
