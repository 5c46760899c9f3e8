"""Forms for a marked day, the hours of the week and the list of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.policies.choices import Weekday
from haoke.policies.forms.versions import VersionedForm

FIRST_YEAR, LAST_YEAR = 2000, 2100
LARGEST_LIST = 1_000_000


class CalendarDayForm(VersionedForm):
    kind = forms.ChoiceField(
        label=_("On this day"),
        choices=[("off", _("Day off")), ("work", _("Workday"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False, help_text=_("Such as 春节 or company day."))
    hours = forms.CharField(
        label=_("Hours, if not the usual ones"),
        required=False,
        max_length=200,
        help_text=_("Such as 09:00-12:00, 13:30-18:00. Only for a workday."),
    )


class WeeklyHoursForm(VersionedForm):
    """A line of hours for every weekday; an empty one is off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in Weekday:
            self.fields[self.field_of(weekday)] = forms.CharField(label=weekday.label, required=False, max_length=200)

    @staticmethod
    def field_of(weekday: int) -> str:
        return f"weekday_{weekday}"

    @classmethod
    def initial_of(cls, hours: Mapping[int, str]) -> dict[str, str]:
        """What the lines show for the hours as written, by ISO weekday."""
        return {cls.field_of(weekday): text for weekday, text in hours.items()}

    def hours(self) -> dict[int, str]:
        """The hours as written, by ISO weekday, once the form is valid."""
        return {weekday: self.cleaned_data[self.field_of(weekday)] for weekday in Weekday.values}


class CalendarYearForm(VersionedForm):
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    file = forms.FileField(
        label=_("List of days"),
        help_text=_(
            "A table (CSV) with the columns date, kind and name, such as 2027-02-06,off,春节 — or the same as JSON."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.txt"}),
    )
    source = forms.CharField(
        label=_("Source of the notice"),
        max_length=200,
        help_text=_("The notice that announced it, with its number and date."),
    )
    is_provisional = forms.BooleanField(
        label=_("Provisional"),
        required=False,
        help_text=_("The official list is not out yet. Deadlines that depend on it are shown as provisional."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(_("A list of days is smaller than 1 MB; this is another file."))
        return file
