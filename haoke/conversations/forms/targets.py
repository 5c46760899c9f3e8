"""Service targets as they are typed: for whom, how fast, by which calendar, from when on and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations.choices import Urgency
from haoke.conversations.queries import categories
from haoke.customers.choices import Nature
from haoke.policies import queries as policies
from haoke.policies.choices import PausingState
from haoke.timeline.choices import TouchChannel

ANY = ("", _("any"))
# How a conversation can begin.
CHANNELS = (TouchChannel.MAIL, TouchChannel.PORTAL, TouchChannel.CALL)
SCOPE = ("urgency", "nature", "channel", "category", "team_id")


class ScopeForm(forms.Form):
    """For which conversations targets are made; whatever is left at "any" does not matter."""

    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    nature = forms.ChoiceField(label=_("Kind of customer"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    team_id = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "urgency": Urgency.choices,
            "nature": Nature.choices,
            "channel": [(each.value, each.label) for each in CHANNELS],
            "category": [(each.code, each.name) for each in categories()],
            "team_id": [(each.pk, each.name) for each in accounts.teams()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *offered]

    def scope(self) -> policies.Scope:
        """Once the form is valid."""
        return policies.Scope(**{name: self.cleaned_data[name] for name in SCOPE})


class TargetsForm(forms.Form):
    """How fast, how we count, from when on and why; the bounds of the numbers are the policy's own."""

    first_response_minutes = forms.IntegerField(label=_("First response within"), required=False)
    next_response_minutes = forms.IntegerField(label=_("Next response within"), required=False)
    resolution_minutes = forms.IntegerField(label=_("Resolution within"), required=False)
    warning_percent = forms.IntegerField(
        label=_("Warn when so much is left, in percent"), help_text=_("0 never warns."), initial=25
    )
    calendar = forms.ChoiceField(label=_("Working calendar"))
    next_response_pauses = forms.MultipleChoiceField(
        label=_("The next response stands still while"),
        choices=PausingState.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Usually never: it is us the customer waits for. The first response never stands still."),
    )
    resolution_pauses = forms.MultipleChoiceField(
        label=_("The resolution stands still while"),
        choices=PausingState.choices,
        required=False,
        # Nobody is measured by how long the customer takes, unless the house says so.
        initial=PausingState.values,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = forms.DateTimeField(
        label=_("Applies from"),
        required=False,
        help_text=_("Leave empty to let it apply at once. Clocks that run already keep their deadlines."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Colleagues read it in the history, and on every deadline that rests on it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    COMMON = ("valid_from", "reason", "version")

    def __init__(self, *args: Any, is_trial: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["calendar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in policies.calendars()]
        # Nobody needs a reason for looking.
        self.fields["reason"].required = not is_trial

    def parts(self) -> dict[str, Any]:
        """The parts of the policy value, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.COMMON}

    def renew(self, version: int) -> None:
        """Lets a page that is shown again decide about what it shows now."""
        if self.is_bound:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["version"] = str(version)
            self.data = data
