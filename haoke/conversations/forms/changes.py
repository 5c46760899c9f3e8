"""The small decisions beside a conversation; each carries the version its page showed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations import queries
from haoke.conversations.choices import State, Urgency
from haoke.core.ui.choosing import offer


class VersionForm(forms.Form):
    version = forms.IntegerField(required=False)


class AssignmentForm(VersionForm):
    assignee = forms.TypedChoiceField(label=_("Assignee"), required=False, coerce=int, empty_value=None)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(label=_("Why, for whoever gets it"), required=False, max_length=500)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["assignee"], [(each.id, each.name) for each in accounts.assignable_staff()], none="—")
        offer(self.fields["team"], [(each.pk, each.name) for each in accounts.teams()], none="—")


class StateForm(VersionForm):
    state = forms.ChoiceField(choices=State.choices)


class UrgencyForm(VersionForm):
    urgency = forms.ChoiceField(choices=Urgency.choices)


class CategoryForm(VersionForm):
    category = forms.SlugField(max_length=40)


class ClosureForm(VersionForm):
    reason = forms.CharField(required=False, max_length=500)


class ReopeningForm(VersionForm):
    reason = forms.CharField(required=False, max_length=500)


class CustomerForm(VersionForm):
    customer = forms.IntegerField(min_value=1)


def category_choices() -> list[tuple[str, str]]:
    """Categories with their phase, for selects."""
    return [(each.code, f"{each.get_phase_display()} · {each.name}") for each in queries.categories()]
