"""What an administrator asks of the access log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from haoke.core.ui.choosing import offer
from haoke.customers.queries import family_of_number
from haoke.timeline.choices import AccessKind
from haoke.timeline.queries import AccessFilter


class AccessFilters(forms.Form):
    """Who looked at whose data, in which way, from one day to another, both included."""

    who = forms.TypedChoiceField(label=_("Who"), coerce=int, required=False, empty_value=None)
    customer = forms.CharField(label=_("Customer number"), required=False, max_length=20)
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything")), *AccessKind.choices])
    since = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["who"], staff, none=_("Everybody"))

    def clean_customer(self) -> list[int] | None:
        number = self.cleaned_data["customer"]
        family = family_of_number(number) if number else None
        if family == []:
            raise forms.ValidationError(_now("There is no archive with this number."))
        return family

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            raise forms.ValidationError(_now("The first day lies after the last one."))
        return given

    def wanted(self, zone: tzinfo) -> AccessFilter:
        """The filter of a valid form; days are those of the reader's zone."""
        given = self.cleaned_data
        return AccessFilter(
            staff_id=given["who"],
            customer_ids=given["customer"],
            kind=given["kind"],
            since=_midnight(given["since"], zone),
            until=_midnight(given["until"], zone, days_on=1),
        )


def _midnight(day: date | None, zone: tzinfo, *, days_on: int = 0) -> datetime | None:
    if day is None or date.max - day < timedelta(days=days_on):
        # After the last day there is, nothing happened.
        return None
    return datetime.combine(day + timedelta(days=days_on), time(), zone)
