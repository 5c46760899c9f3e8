"""What people send in about giving out work and handing over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations.choices import METHOD_EXPLANATIONS, RoutingMethod
from haoke.core.ui.choosing import offer


class RoutingForm(forms.Form):
    """How a team gives out its conversations."""

    method = forms.ChoiceField(label=_("Who gets the next one"), widget=forms.RadioSelect)
    is_owner_first = forms.BooleanField(
        label=_("The customer's own colleague first"),
        required=False,
        help_text=_("Whoever owns the customer gets their conversations while they are there and have a hand free."),
    )
    matches_skill = forms.BooleanField(
        label=_("Only to whoever has the skill"),
        required=False,
        help_text=_("Conversations of a category that needs a skill wait for somebody who has it."),
    )
    matches_language = forms.BooleanField(
        label=_("Only to whoever writes the customer's language"),
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("Open conversations at most"),
        min_value=1,
        max_value=500,
        help_text=_("For each colleague without a number of their own. New and open ones count; what waits does not."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        explained = [
            (method.value, _now("%(method)s: %(how)s") % {"method": method.label, "how": METHOD_EXPLANATIONS[method]})
            for method in RoutingMethod
        ]
        offer(self.fields["method"], explained)


class CategorySkillForm(forms.Form):
    category = forms.SlugField(max_length=40)
    skill = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["skill"], [(each.pk, each.name) for each in accounts.skills()], none="—")


class AcceptanceForm(forms.Form):
    tells_customer = forms.BooleanField(required=False)


class GivingBackForm(forms.Form):
    note = forms.CharField(required=False, max_length=500)
