"""What the playing customer types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from haoke.demo.rules import Upload

LONGEST_TEXT = 100_000
# What the browser says of a file is believed as far as a mail program would; anything odd travels as plain bytes.
CARRIED_TYPES = ("application", "audio", "image", "text", "video")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files from one input."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean_one = super().clean
        return [clean_one(each, initial) for each in data or []]


class AddressField(forms.EmailField):
    """One mail address as every server takes it, in lower case."""

    def clean(self, value: Any) -> str:
        address = str(super().clean(value)).lower()
        if not address.isascii():
            raise ValidationError(_("Please use letters without accents here."))
        return address


class Choice(forms.Form):
    """Whom one plays."""

    address = AddressField(label=_("Mail address"), max_length=254)


class Answer(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=100)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    attachments = FilesField(label=_("Attachments"), required=False, widget=FilesInput(attrs={"multiple": True}))

    @property
    def uploads(self) -> list[Upload]:
        return [
            Upload(each.name, _carried(each.content_type), each.read()) for each in self.cleaned_data["attachments"]
        ]


class Mail(Answer):
    recipient = AddressField(label=_("To"), max_length=254)
    field_order = ("recipient", "name", "subject", "text", "attachments")


def _carried(media_type: str | None) -> str:
    main, slash, sub = (media_type or "").partition("/")
    is_plain = slash and sub.replace("-", "").replace(".", "").replace("+", "").isalnum() and sub.isascii()
    return f"{main}/{sub}" if main in CARRIED_TYPES and is_plain else "application/octet-stream"
