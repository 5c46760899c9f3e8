"""What people send in to keep conversations in order: tags, merges, splits, links and snoozes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import SnoozeChoice
from haoke.conversations.forms.changes import VersionForm
from haoke.conversations.rules import LONGEST_TAG
from haoke.core.ui.choosing import offer

_REFERENCE = re.compile(r"(?:HK-?)?([1-9][0-9]{0,14})", re.ASCII)


class ReferenceField(forms.CharField):
    """The number of a conversation, as people write it: HK-42, hk42, 42."""

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "").upper().strip()
        if not text:
            return None
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise ValidationError(
                _("“%(text)s” is not the number of a conversation, such as HK-42."), params={"text": text}
            )
        return int(found[1])


class ChosenOther(VersionForm):
    """Another conversation: one of those offered, or any other by its number."""

    offered = ReferenceField(required=False)
    other = ReferenceField(label=_("Another conversation"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["other"] = cleaned.get("other") or cleaned.get("offered")
        if not self.errors and cleaned["other"] is None:
            raise ValidationError(_("Choose a conversation, or enter its number."))
        return cleaned


class MergeForm(ChosenOther):
    confirmed = forms.BooleanField(required=False)


class OtherForm(forms.Form):
    other = ReferenceField()


class SplitForm(VersionForm):
    messages = forms.TypedMultipleChoiceField(coerce=int, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=300, required=False)

    def __init__(self, *args: Any, message_ids: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["messages"], [(each, "") for each in message_ids])


class TagForm(forms.Form):
    tag = forms.CharField(label=_("Tag"), max_length=LONGEST_TAG * 2)


class SnoozeForm(VersionForm):
    """One of the short words, or a moment of one's own."""

    choice = forms.ChoiceField(choices=[("", ""), *SnoozeChoice.choices], required=False)
    until = forms.DateTimeField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("choice") and not cleaned.get("until"):
            raise ValidationError(_("Say until when."))
        return cleaned


class TagNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_TAG)


class TagMergeForm(forms.Form):
    into = forms.CharField(label=_("Tag"), max_length=LONGEST_TAG * 2)


class TagUseForm(forms.Form):
    is_active = forms.BooleanField(required=False)
