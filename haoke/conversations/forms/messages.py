"""The shapes of what people send in from the conversation pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations import queries
from haoke.conversations.choices import State, Urgency
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


class VersionForm(forms.Form):
    version = forms.IntegerField(required=False)


class AssignmentForm(VersionForm):
    assignee = forms.TypedChoiceField(label=_("Assignee"), required=False, coerce=int, empty_value=None)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["assignee"], [(each.id, each.name) for each in accounts.assignable_staff()])
        offer(self.fields["team"], [(each.pk, each.name) for each in accounts.teams()])


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


class NewConversationForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=300)
    recipients = AddressesField(label=_("To"))
    text = forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea)
    attachments = FilesField(label=_("Attachments"), required=False)
    minutes = forms.IntegerField(label=_("Minutes spent"), required=False, min_value=0, max_value=24 * 60)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)


def offer(field: forms.Field, choices: list[tuple[int, str]]) -> None:
    """Lets a field choose among rows, or none of them."""
    cast(forms.ChoiceField, field).choices = [("", "—"), *choices]


def problem_of(form: forms.Form) -> str:
    """Everything that is wrong with a form, in one text."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def category_choices() -> list[tuple[str, str]]:
    """Categories with their phase, for selects."""
    return [(each.code, f"{each.get_phase_display()} · {each.name}") for each in queries.categories()]
