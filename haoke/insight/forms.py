"""What the report page takes in; whatever cannot be read does not choose."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import Dimension
from haoke.core import clock
from haoke.insight.choices import Pace, Span
from haoke.insight.queries import Wanted, house_zone
from haoke.insight.rules import days_of


class Filters(forms.Form):
    span = forms.ChoiceField(label=_("Period"), choices=Span.choices, required=False)
    since = forms.DateField(label=_("First day"), required=False)
    until = forms.DateField(label=_("Last day"), required=False)
    by = forms.ChoiceField(choices=Dimension.choices, required=False)
    pace = forms.ChoiceField(label=_("Times as"), choices=Pace.choices, required=False)
    team = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        since, until = chosen.get("since"), chosen.get("until")
        # Who gives days means them, whatever the list beside them says.
        span = Span.CUSTOM if since or until else chosen.get("span") or Span.DAYS
        today = clock.now().astimezone(house_zone()).date()
        first, last = days_of(span, today, since=since, until=until)
        return Wanted(
            span=span if span != Span.CUSTOM or since or until else Span.DAYS,
            first=first,
            last=min(last, today + timedelta(days=1)),
            dimension=chosen.get("by") or Dimension.TEAM,
            pace=chosen.get("pace") or Pace.BUSINESS,
            team_id=chosen.get("team"),
        )
