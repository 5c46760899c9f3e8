"""What people write: replies, notes, calls and first mails, with their files."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import State
from haoke.core.text.numbers import number_in
from haoke.timeline.choices import Direction

LONGEST_TEXT = 200_000
# Chinese keyboards write both signs in full width.
_BETWEEN_ADDRESSES = re.compile("[,;\uff0c\uff1b]")
# Closing is an act of its own.
AFTERWARDS = [each for each in State.choices if each[0] in (State.OPEN, State.WAITING, State.ON_HOLD, State.SOLVED)]


class TypedAddressesField(forms.CharField):
    """Mail addresses between commas, as far as they are typed, right or not yet."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [each.strip() for each in _BETWEEN_ADDRESSES.split(super().to_python(value) or "") if each.strip()]

    def run_validators(self, value: Any) -> None:
        """Half an address is no mistake yet."""


class AddressesField(TypedAddressesField):
    """Mail addresses between commas, each checked."""

    def validate(self, value: list[str]) -> None:
        for address in value:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(_("“%(address)s” is not a mail address."), params={"address": address}) from error


class FilesField(forms.FileField):
    """Several files from one input."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_FilesInput(), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean_one = super().clean
        return [clean_one(each, initial) for each in data or []]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class IdsField(forms.Field):
    """Several ids from fields of one name; anything else among them is nobody's id and left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        return [number for each in value or [] if (number := number_in(each)) is not None]


class MomentField(forms.CharField):
    """A moment of our own as our page wrote it; anything else is none."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        try:
            return datetime.fromisoformat(super().to_python(value) or "")
        except ValueError:
            return None


class DeskFields(forms.Form):
    """What the composer knows beside the words: files of the draft, what helped to write, what its page had seen."""

    draft_files = IdsField(required=False)
    canned = IdsField(required=False)
    draft_seen = MomentField(required=False)
    seen = forms.IntegerField(required=False, min_value=0)


class MessageForm(DeskFields):
    """What the composer sends: a reply, an internal note or a logged call."""

    kind = forms.ChoiceField(choices=[("reply", ""), ("note", ""), ("call", "")])
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=False)
    recipients = AddressesField(required=False, label=_("To"))
    cc = AddressesField(required=False, label=_("Cc"))
    bcc = AddressesField(required=False, label=_("Bcc"))
    to_all = forms.BooleanField(required=False)
    attachments = FilesField(required=False)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=24 * 60)
    state = forms.ChoiceField(required=False, choices=[("", ""), *AFTERWARDS])
    direction = forms.ChoiceField(required=False, choices=Direction.choices)
    submission = forms.UUIDField(required=False)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(min_value=0, max_value=24 * 60)


class NewConversationForm(DeskFields):
    """A first mail; without `recipients` it goes to the customer's first address."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    recipients = AddressesField(label=_("To"), required=False)
    cc = AddressesField(label=_("Cc"), required=False)
    bcc = AddressesField(label=_("Bcc"), required=False)
    text = forms.CharField(label=_("Text"), required=False, max_length=LONGEST_TEXT, strip=False)
    attachments = FilesField(label=_("Attachments"), required=False)
    minutes = forms.IntegerField(label=_("Minutes spent"), required=False, min_value=0, max_value=24 * 60)
    submission = forms.UUIDField(required=False)
