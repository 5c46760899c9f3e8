"""What people type about staff and access: its shape, not whether it may be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haoke.accounts.choices import LANGUAGES, PresenceState, Role, SecondFactorRule, Theme
from haoke.core.ui.choosing import offer

LONGEST_PASSWORD = 256
Choices = Sequence[tuple[int, str]]
# As the browser sends a moment.
_AS_TYPED = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def _password(label: Any, *, autocomplete: str, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, max_length=LONGEST_PASSWORD, required=required, widget=widget, help_text=hint
    )


def _mail_address(label: Any, *, autocomplete: str) -> forms.EmailField:
    return forms.EmailField(label=label, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": autocomplete}))


class _PasswordTwice(forms.Form):
    """A form whose `new` password is typed a second time as `again`."""

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_now("The two passwords differ. Please type both again."))
        return again


class SignIn(forms.Form):
    email = _mail_address(_("Mail address"), autocomplete="username")
    password = _password(_("Password"), autocomplete="current-password")
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class Code(forms.Form):
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
        ),
    )


class RecoveryCode(forms.Form):
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        help_text=_("One of the ten you kept when you set the second factor up. Each works once."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "autofocus": True, "spellcheck": "false"}
        ),
    )


class OwnPasswordAgain(forms.Form):
    password = _password(_("Your password"), autocomplete="current-password")
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class SecondFactorRemoval(forms.Form):
    password = _password(_("Your password"), autocomplete="current-password")
    code = forms.CharField(
        label=_("Code from the app, or a recovery code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class SecondFactorRequirement(forms.Form):
    rule = forms.ChoiceField(
        label=_("Who has to have a second factor"), choices=SecondFactorRule.choices, widget=forms.RadioSelect
    )


class SetUp(_PasswordTwice):
    company_name = forms.CharField(
        label=_("Company name"),
        max_length=200,
        help_text=_("Your customers read it on surveys and in mail."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = _mail_address(_("Your mail address"), autocomplete="username")
    new = _password(
        _("Password"), autocomplete="new-password", hint=_("At least 10 characters; a short sentence is fine.")
    )
    again = _password(_("Password, once more"), autocomplete="new-password")
    language = forms.ChoiceField(label=_("Your language"), choices=LANGUAGES)
    also_serves = forms.BooleanField(
        label=_("I also serve customers myself"),
        help_text=_("You then also become supervisor and agent in the first team. You can change this later."),
        required=False,
        initial=True,
    )


class OwnPassword(_PasswordTwice):
    current = _password(_("Present password"), autocomplete="current-password")
    new = _password(
        _("New password"), autocomplete="new-password", hint=_("At least 10 characters; a short sentence is fine.")
    )
    again = _password(_("New password, once more"), autocomplete="new-password")


class Language(forms.Form):
    language = forms.ChoiceField(choices=LANGUAGES)


class ThemeChoice(forms.Form):
    theme = forms.ChoiceField(choices=Theme.choices)


class TimeZone(forms.Form):
    time_zone = forms.CharField(label=_("Time zone"), required=False, max_length=40)


class _StaffFields(forms.Form):
    """What a new and a known colleague have in common; teams and areas are handed in as choices."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    email = _mail_address(_("Mail address"), autocomplete="off")
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several roles add up. An administrator sees customer data only with a logged reason."),
    )
    team_ids = forms.TypedMultipleChoiceField(
        label=_("Teams"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    area_ids = forms.TypedMultipleChoiceField(
        label=_("Areas"),
        coerce=int,
        required=False,
        help_text=_("A supervisor sees the customers of these areas and everything below them."),
    )

    def __init__(self, *args: Any, teams: Choices, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, choices in (("team_ids", teams), ("area_ids", areas)):
            offer(self.fields[field], choices)
            # Nothing to choose from is nothing to ask.
            if not choices:
                del self.fields[field]


class NewStaff(_StaffFields):
    password = _password(
        _("First password"),
        autocomplete="new-password",
        hint=_("At least 10 characters. They can replace it themselves."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class KnownStaff(_StaffFields):
    is_active = forms.BooleanField(
        label=_("Works here"),
        help_text=_("Without this they cannot sign in any more; what they did stays in the timeline."),
        required=False,
    )
    password = _password(
        _("New password"),
        autocomplete="new-password",
        required=False,
        hint=_("Only if they need a new one; they are then signed out everywhere."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class TeamName(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)


class NewArea(forms.Form):
    code = forms.RegexField(
        r"\A[0-9]{2,12}\Z",
        label=_("Division code"),
        help_text=_("The code of GB/T 2260, such as 310000 for 上海市."),
        error_messages={"invalid": _("A division code has 2 to 12 digits, such as 310000.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    parent_id = forms.TypedChoiceField(label=_("Belongs to"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["parent_id"], areas, none=_("Top level"))


class NewToken(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=100, help_text=_("The program that will use it, such as “shop import”.")
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, help_text=_("The program may do what this role may do, in every team.")
    )


class Reason(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the audit trail with your name and the time."),
    )


class AbsenceForm(forms.Form):
    """Whose absence it is can be chosen only by whoever looks after several people."""

    staff_id = forms.TypedChoiceField(label=_("Who is absent"), coerce=int)
    starts_at = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), input_formats=_AS_TYPED
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), input_formats=_AS_TYPED
    )
    substitute_id = forms.TypedChoiceField(
        label=_("Who stands in"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Gets the customers who write meanwhile; without one, the team does."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200, help_text=_("Colleagues read it."))

    def __init__(self, *args: Any, staff: Choices, substitutes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["staff_id"], staff)
        offer(self.fields["substitute_id"], substitutes, none=_("Nobody in particular"))
        if len(staff) == 1:
            self.fields["staff_id"].widget = forms.HiddenInput()
            self.initial.setdefault("staff_id", staff[0][0])


class SkillForm(forms.Form):
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Without this no conversation asks for it any more; whoever has it keeps it in the books."),
    )


class Workload(forms.Form):
    """What a colleague is given: skills, languages, how much."""

    skill_ids = forms.TypedMultipleChoiceField(
        label=_("Skills"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    writes_languages = forms.MultipleChoiceField(
        label=_("Writes"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none ticked they are given conversations in every language."),
    )
    capacity = forms.IntegerField(
        label=_("Open conversations at most"),
        required=False,
        min_value=0,
        max_value=500,
        help_text=_("Leave empty for the number of the team; 0 gives them none. By hand more can be assigned."),
    )

    def __init__(self, *args: Any, skills: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["skill_ids"], skills)
        # Nothing to choose from is nothing to ask.
        if not skills:
            del self.fields["skill_ids"]


class PresenceChoice(forms.Form):
    state = forms.ChoiceField(choices=PresenceState.choices)
