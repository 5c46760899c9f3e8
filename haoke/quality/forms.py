"""What the survey page and the satisfaction page take in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import Phase
from haoke.core.paging import Place, place_of
from haoke.quality.queries import AnswerFilter
from haoke.quality.rules import LONGEST_COMMENT

PERIODS = [(30, _("30 days")), (90, _("90 days")), (365, _("12 months"))]


class Comment(forms.CharField):
    """Counts a line break as one letter, as the browser does, and not as the two that it sends."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class Answer(forms.Form):
    score = forms.IntegerField(
        label=_("Score"),
        error_messages={
            "required": _("Please choose a number from 1 to 5."),
            "invalid": _("Please choose a number from 1 to 5."),
        },
    )
    comment = Comment(label=_("Comment"), required=False, max_length=LONGEST_COMMENT)


class Filters(forms.Form):
    """The filters of the satisfaction page; whatever cannot be read does not narrow."""

    days = forms.TypedChoiceField(choices=PERIODS, coerce=int, required=False)
    team = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    phase = forms.ChoiceField(choices=Phase.choices, required=False)
    q = forms.CharField(required=False, max_length=100)
    low = forms.BooleanField(required=False)
    after = forms.CharField(required=False)

    @property
    def wanted(self) -> AnswerFilter:
        self.is_valid()
        return AnswerFilter(
            days=self.cleaned_data.get("days") or AnswerFilter.days,
            team_id=self.cleaned_data.get("team"),
            phase=self.cleaned_data.get("phase") or "",
            text=self.cleaned_data.get("q") or "",
            is_low=bool(self.cleaned_data.get("low")),
        )

    @property
    def place(self) -> Place | None:
        """Where the page before ended."""
        self.is_valid()
        return place_of(self.cleaned_data.get("after", ""))
