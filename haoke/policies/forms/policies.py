"""One form for each type of policy: its parts in the words of the people who decide them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.policies.choices import PolicyType
from haoke.policies.errors import UnknownPolicy
from haoke.policies.forms.versions import VersionedForm
from haoke.policies.rules.values import MEGABYTE


class PolicyForm(VersionedForm):
    """When and why; a subclass adds what. The bounds of each number are the value's own (rules/values.py)."""

    valid_from = forms.DateTimeField(
        label=_("Applies from"),
        required=False,
        help_text=_("Leave empty to let it apply at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Colleagues read it in the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = list(PolicyForm.base_fields)
        self.order_fields([name for name in self.fields if name not in common] + common)

    @classmethod
    def initial_of(cls, parts: dict[str, Any]) -> dict[str, Any]:
        """What the fields show for a stored value."""
        return parts

    def parts(self) -> dict[str, Any]:
        """The parts of the value, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in PolicyForm.base_fields}


class NumberRuleForm(PolicyForm):
    # Django takes declared fields off the class, so that a form's own `prefix` is not touched.
    prefix = forms.CharField(  # type: ignore[assignment]
        label=_("Letters in front"), help_text=_("One to four capital letters, such as K.")
    )
    digits = forms.IntegerField(label=_("Digits at least"), help_text=_("Filled with zeros: K000001."))


class SurveyCapForm(PolicyForm):
    days = forms.IntegerField(label=_("Days between two surveys"), help_text=_("0 lets every closing ask."))


class SurveyExpiryForm(PolicyForm):
    days = forms.IntegerField(label=_("Days a link can be answered"))


class LowScoreForm(PolicyForm):
    threshold = forms.IntegerField(label=_("Highest low score"), help_text=_("Of 5. 0 opens no tasks."))


class MinutesSuggestedForm(PolicyForm):
    reply = forms.IntegerField(label=_("Minutes for a reply"))
    note = forms.IntegerField(label=_("Minutes for an internal note"))
    call = forms.IntegerField(label=_("Minutes for a call"))


class AttachmentLimitForm(PolicyForm):
    bytes = forms.IntegerField(label=_("Largest attachment in MB"), min_value=1, max_value=1000)

    @classmethod
    def initial_of(cls, parts: dict[str, Any]) -> dict[str, Any]:
        return {"bytes": parts["bytes"] // MEGABYTE}

    def parts(self) -> dict[str, Any]:
        return {"bytes": super().parts()["bytes"] * MEGABYTE}


class AutomaticMailCapsForm(PolicyForm):
    per_conversation = forms.IntegerField(label=_("Automatic mails per conversation"))
    per_recipient = forms.IntegerField(label=_("Automatic mails per recipient in all"))
    window_minutes = forms.IntegerField(label=_("Within how many minutes"))


class UndoSendForm(PolicyForm):
    seconds = forms.IntegerField(label=_("Seconds before a reply leaves"), help_text=_("0 sends it at once."))


class ServiceFloorForm(PolicyForm):
    first_response_minutes = forms.IntegerField(label=_("Slowest first response, in working minutes"), required=False)
    next_response_minutes = forms.IntegerField(label=_("Slowest next response, in working minutes"), required=False)
    resolution_minutes = forms.IntegerField(label=_("Slowest resolution, in working minutes"), required=False)


_FORM_OF: dict[str, type[PolicyForm]] = {
    PolicyType.NUMBER_RULE: NumberRuleForm,
    PolicyType.SURVEY_CAP: SurveyCapForm,
    PolicyType.SURVEY_EXPIRY: SurveyExpiryForm,
    PolicyType.LOW_SCORE: LowScoreForm,
    PolicyType.MINUTES_SUGGESTED: MinutesSuggestedForm,
    PolicyType.ATTACHMENT_LIMIT: AttachmentLimitForm,
    PolicyType.AUTOMATIC_MAIL_CAPS: AutomaticMailCapsForm,
    PolicyType.UNDO_SEND: UndoSendForm,
    PolicyType.SERVICE_FLOOR: ServiceFloorForm,
}


def policy_form(type: str) -> type[PolicyForm]:
    """The form for a type. Raises UnknownPolicy."""
    if type not in _FORM_OF:
        raise UnknownPolicy(type=type)
    return _FORM_OF[type]
