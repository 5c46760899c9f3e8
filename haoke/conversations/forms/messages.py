"""What people write: replies, notes, calls and first mails, with their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import State
from haoke.timeline.choices import Direction

LONGEST_TEXT = 200_000


class AddressesField(forms.CharField):
    """Mail addresses between commas, as a list."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().to_python(value) or ""
        return [each.strip() for each in text.replace(";", ",").replace(",", ",").split(",") if each.strip()]

    def validate(self, value: list[str]) -> None:
        for address in value:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(_("“%(address)s” is not a mail address."), params={"address": address}) from error

    def run_validators(self, value: Any) -> None:
        """The addresses were checked one by one."""


class FilesField(forms.FileField):
    """Several files from one input."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_FilesInput(), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean_one = super().clean
        return [clean_one(each, initial) for each in data or []]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MessageForm(forms.Form):
    """What the composer sends: a reply, an internal note or a logged call."""

    kind = forms.ChoiceField(choices=[("reply", ""), ("note", ""), ("call", "")])
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=False)
    recipients = AddressesField(required=False, label=_("To"))
    cc = AddressesField(required=False, label=_("Cc"))
    attachments = FilesField(required=False)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=24 * 60)
    state = forms.ChoiceField(required=False, choices=[("", ""), *State.choices])
    direction = forms.ChoiceField(required=False, choices=Direction.choices)
    submission = forms.UUIDField(required=False)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(min_value=0, max_value=24 * 60)


class NewConversationForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=300)
    recipients = AddressesField(label=_("To"))
    text = forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea)
    attachments = FilesField(label=_("Attachments"), required=False)
    minutes = forms.IntegerField(label=_("Minutes spent"), required=False, min_value=0, max_value=24 * 60)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
