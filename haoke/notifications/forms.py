"""What the page of choices takes in: two fields for each kind, and how often the summary comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.rules import Wish


class Choices(forms.Form):
    rhythm = forms.ChoiceField(label=_("When the summary comes"), choices=Rhythm.choices)

    def __init__(self, *given: Any, **arguments: Any) -> None:
        super().__init__(*given, **arguments)
        for kind, label in Kind.choices:
            self.fields[f"page_{kind}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"mail_{kind}"] = forms.ChoiceField(label=label, choices=MailWish.choices)

    @property
    def wishes(self) -> Mapping[str, Wish]:
        """What was chosen, for a valid form."""
        chosen = self.cleaned_data
        return {kind: Wish(chosen[f"page_{kind}"], chosen[f"mail_{kind}"]) for kind in Kind.values}
