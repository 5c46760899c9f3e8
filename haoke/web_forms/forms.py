"""What people type into a web form, and into the settings of one: its shape, not whether it may be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.core.ui.choosing import offer

Choices = Sequence[tuple[int, str]]
LONGEST_TEXT = 20_000


class Text(forms.CharField):
    """Counts a line break as one letter, as the browser does, and not as the two that it sends."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class Files(forms.FileField):
    """Any number of files, none included; how many and how large is the service's to say."""

    widget = type("ManyFiles", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Files, self).clean(each, initial) for each in given]


class Letter(forms.Form):
    """What a customer writes; what the form does not ask for is not there."""

    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    mail = forms.CharField(
        label=_("Your mail address"),
        max_length=254,
        help_text=_("We answer to this address."),
        error_messages={"required": _("Please give the address that we can answer to.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=60,
        required=False,
        help_text=_("If you would rather be called. You need not give it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Please say in a word or two what it is about.")},
    )
    text = Text(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Please write what we can do for you.")},
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    attachments = Files(label=_("Pictures or documents"), required=False)
    # People do not see it; a robot fills in whatever is called like this.
    website = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, asks_phone: bool, takes_files: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_phone:
            del self.fields["phone"]
        if not takes_files:
            del self.fields["attachments"]


class FormSettings(forms.Form):
    """A web form; mailboxes, teams and categories are handed in as choices."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("How colleagues call this form."))
    key = forms.CharField(
        label=_("Address"),
        max_length=40,
        help_text=_("The last part of its address: small letters, digits and hyphens, such as contact."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    is_active = forms.BooleanField(
        label=_("Switched on"),
        required=False,
        initial=True,
        help_text=_("Switched off, visitors are told where else to write."),
    )
    channel_id = forms.TypedChoiceField(
        label=_("Mailbox"),
        coerce=int,
        help_text=_("Our answers leave from here, and so does the word that it arrived."),
    )
    team_id = forms.TypedChoiceField(label=_("Team"), coerce=int, help_text=_("What comes by the form goes to them."))
    category_id = forms.TypedChoiceField(label=_("Category"), coerce=int)
    asks_phone = forms.BooleanField(label=_("Ask for a phone number"), required=False, initial=True)
    takes_files = forms.BooleanField(label=_("Take pictures and documents"), required=False, initial=True)
    title_zh = forms.CharField(label=_("Title, Chinese"), max_length=100, required=False)
    title_en = forms.CharField(label=_("Title, English"), max_length=100, required=False)
    intro_zh = Text(label=_("Words above the form, Chinese"), max_length=2000, required=False, widget=forms.Textarea)
    intro_en = Text(label=_("Words above the form, English"), max_length=2000, required=False, widget=forms.Textarea)
    thanks_zh = Text(label=_("Words of thanks, Chinese"), max_length=2000, required=False, widget=forms.Textarea)
    thanks_en = Text(label=_("Words of thanks, English"), max_length=2000, required=False, widget=forms.Textarea)
    privacy_url = forms.URLField(
        label=_("Your page about personal data"), max_length=300, required=False, assume_scheme="https"
    )
    sites = Text(
        label=_("Sites that may show it inside their pages"),
        max_length=4000,
        required=False,
        help_text=_("One a line, such as https://www.example.com. No other site can; a link works from everywhere."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, channels: Choices, teams: Choices, categories: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, choices in (("channel_id", channels), ("team_id", teams), ("category_id", categories)):
            offer(self.fields[field], choices)


class KnownFormSettings(FormSettings):
    version = forms.IntegerField(widget=forms.HiddenInput)
