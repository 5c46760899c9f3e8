"""What people type about customers: its shape, not whether it may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.core.ui.choosing import offer
from haoke.customers.choices import (
    DETAIL_LABELS,
    ContactKind,
    CustomerKind,
    Honorific,
    Language,
    Nature,
    OwnerFilter,
    OwnershipKind,
    Sort,
    Source,
)
from haoke.customers.rules.contact_points import LONGEST_LABEL, LONGEST_VALUE
from haoke.customers.rules.details import LIMITS

Choices = Sequence[tuple[Any, Any]]

_NOT_KNOWN = [("", _("not known"))]


def _text(name: str, *, required: bool = False, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=DETAIL_LABELS[name],
        max_length=LIMITS[name],
        required=required,
        help_text=hint,
        widget=widget,
        show_hidden_initial=True,
    )


def _choice(name: str, choices: Choices, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=DETAIL_LABELS[name], choices=choices, required=required, show_hidden_initial=True)


class _Details(forms.Form):
    """The details both kinds have; a field also sends what it showed, so that only what was touched is changed."""

    kind = forms.ChoiceField(choices=CustomerKind, widget=forms.HiddenInput)
    name = _text("name", required=True)
    nature = _choice("nature", Nature.choices, required=True)
    language = _choice("language", _NOT_KNOWN + Language.choices)
    source = _choice("source", _NOT_KNOWN + Source.choices)
    industry = _text("industry")
    area_id = forms.TypedChoiceField(
        label=DETAIL_LABELS["area_id"], coerce=int, empty_value=None, required=False, show_hidden_initial=True
    )
    province = _text("province")
    city = _text("city")
    district = _text("district")
    street = _text("street")
    note = forms.CharField(
        label=DETAIL_LABELS["note"],
        max_length=LIMITS["note"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues; customers may ask to read it."),
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if areas:
            offer(self.fields["area_id"], areas, none=_("not known"))
        else:
            del self.fields["area_id"]


class PersonDetails(_Details):
    honorific = _choice("honorific", _NOT_KNOWN + Honorific.choices)
    position = _text("position")


class OrganisationDetails(_Details):
    credit_code = _text("credit_code", hint=_("18 digits and capital letters, as on the business licence."))


class _FirstContactPoints(forms.Form):
    """How the new customer is reached; more can be added on the customer's page."""

    phone = forms.CharField(
        label=ContactKind.PHONE.label,
        max_length=LONGEST_VALUE,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    mail = forms.CharField(
        label=ContactKind.MAIL.label,
        max_length=LONGEST_VALUE,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    wechat = forms.CharField(
        label=ContactKind.WECHAT.label,
        max_length=LONGEST_VALUE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Says that the customers who share a contact point were looked at.
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def contact_points(self) -> list[tuple[str, str, str]]:
        """The contact points that were given, as (kind, value, label)."""
        kinds = (ContactKind.PHONE, ContactKind.MAIL, ContactKind.WECHAT)
        return [(kind.value, self.cleaned_data[kind.value], "") for kind in kinds if self.cleaned_data.get(kind.value)]

    def details(self) -> dict[str, Any]:
        """Everything else, as a service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name in DETAIL_LABELS}


class _Version(forms.Form):
    """The version one is looking at while typing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def changes(self) -> dict[str, Any]:
        """What was touched, compared with what the form had shown; the kind is the form's own."""
        return {name: self.cleaned_data[name] for name in self._touched() if name in self.cleaned_data}

    def differences(self, current: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
        """What was touched and stands otherwise on file: label, theirs, yours."""
        return [
            (DETAIL_LABELS[name], self._words(name, current[name]), self._words(name, mine))
            for name, mine in self.changes().items()
            if current[name] != mine
        ]

    def rebased(self, current: Mapping[str, Any], version: int, **options: Any) -> Self:
        """The same form on top of what is on file now: what was touched stays as typed, all else follows the file."""
        data: dict[str, Any] = {"version": version}
        touched = self._touched()
        for name in self.fields.keys() - data.keys():
            on_file = "" if current[name] is None else current[name]
            data[f"initial-{name}"] = on_file
            data[name] = self.data.get(name, "") if name in touched else on_file
        return type(self)(data, **options)

    def _touched(self) -> list[str]:
        return list(dict.fromkeys(["kind", *(name for name in self.changed_data if name != "version")]))

    def _words(self, name: str, value: Any) -> str:
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value) or "—")


class NewPerson(PersonDetails, _FirstContactPoints):
    pass


class NewOrganisation(OrganisationDetails, _FirstContactPoints):
    pass


class KnownPerson(PersonDetails, _Version):
    pass


class KnownOrganisation(OrganisationDetails, _Version):
    pass


NEW_FORM_OF: Mapping[str, type[NewPerson] | type[NewOrganisation]] = {
    CustomerKind.PERSON: NewPerson,
    CustomerKind.ORGANISATION: NewOrganisation,
}
KNOWN_FORM_OF: Mapping[str, type[KnownPerson] | type[KnownOrganisation]] = {
    CustomerKind.PERSON: KnownPerson,
    CustomerKind.ORGANISATION: KnownOrganisation,
}


class NewContactPoint(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind)
    value = forms.CharField(
        label=_("Number, address or account"),
        max_length=LONGEST_VALUE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    label = forms.CharField(
        label=_("Label"),
        max_length=LONGEST_LABEL,
        required=False,
        help_text=_("For example: office, evenings."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewOwner(forms.Form):
    kind = forms.ChoiceField(label=_("As"), choices=OwnershipKind, initial=OwnershipKind.PRIMARY)
    staff_id = forms.TypedChoiceField(label=_("Colleague"), coerce=int, empty_value=None, required=False)
    team_id = forms.TypedChoiceField(label=_("Team"), coerce=int, empty_value=None, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("It is kept with the archive, for a later handover.")
    )

    def __init__(self, *args: Any, staff: Choices, teams: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["staff_id"], staff, none="—")
        offer(self.fields["team_id"], teams, none="—")

    def chosen(self) -> dict[str, Any]:
        """The colleague or the team, whichever the kind is about."""
        unused = "staff_id" if self.cleaned_data["kind"] == OwnershipKind.TEAM else "team_id"
        return {**self.cleaned_data, unused: None}


class ListFilters(forms.Form):
    """How the list was asked for; what does not make sense is left out rather than refused."""

    q = forms.CharField(required=False, max_length=200)
    sort = forms.ChoiceField(required=False, choices=Sort)
    kind = forms.ChoiceField(required=False, choices=CustomerKind)
    owner = forms.ChoiceField(required=False, choices=OwnerFilter)
    incomplete = forms.BooleanField(required=False)
    after = forms.CharField(required=False, max_length=20)
    before = forms.CharField(required=False, max_length=20)

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
