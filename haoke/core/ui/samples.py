"""A form with one field of every kind, for the styleguide alone."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    mail = forms.EmailField(label=_("Mail"), help_text=_("We answer to this address."), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600)
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[("low", _("Low")), ("normal", _("Normal")), ("high", _("High"))],
        widget=forms.RadioSelect,
    )
    answers = forms.MultipleChoiceField(
        label=_("Answer by"), choices=[("mail", _("Mail")), ("phone", _("Phone"))], widget=forms.CheckboxSelectMultiple
    )
    visit_on = forms.DateField(label=_("Day of the visit"), required=False, widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 3}))
    is_urgent = forms.BooleanField(label=_("Tell me when it is done"), required=False)
