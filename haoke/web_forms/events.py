"""What happens to web forms and to what comes by them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact
from haoke.web_forms.choices import SubmissionState


@dataclass(frozen=True, kw_only=True)
class WebFormCreated(Fact):
    kind = "web_form.created"
    subject = "form"
    audience = Audience.AUDIT
    icon = "globe"
    sentence = _("%(by)s made the web form %(name)s")
    form_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class WebFormChanged(Fact):
    kind = "web_form.changed"
    subject = "form"
    audience = Audience.AUDIT
    icon = "globe"
    sentence = _("%(by)s changed the web form %(name)s")
    form_id: int
    name: str
    changes: dict


@dataclass(frozen=True, kw_only=True)
class WebFormSubmitted(Fact):
    """Not yet a touch: it becomes one when it is filed as a message."""

    kind = "web_form.submitted"
    subject = "submission"
    audience = Audience.AUDIT
    icon = "globe"
    labels = {"state": SubmissionState}
    sentence = _("Somebody sent the web form %(name)s: %(state)s")
    submission_id: int
    form_id: int
    name: str
    state: str


@dataclass(frozen=True, kw_only=True)
class SubmissionReleased(Fact):
    kind = "submission.released"
    subject = "submission"
    audience = Audience.AUDIT
    icon = "globe"
    sentence = _("%(by)s let a message of the web form %(name)s out of quarantine")
    submission_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class SubmissionRejected(Fact):
    kind = "submission.rejected"
    subject = "submission"
    audience = Audience.AUDIT
    icon = "globe"
    sentence = _("%(by)s rejected a message of the web form %(name)s")
    submission_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class SubmissionFailed(Fact):
    kind = "submission.failed"
    subject = "submission"
    audience = Audience.AUDIT
    icon = "triangle-alert"
    sentence = _("A message of the web form %(name)s could not be filed")
    submission_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class SubmissionRunAgain(Fact):
    kind = "submission.run_again"
    subject = "submission"
    audience = Audience.AUDIT
    icon = "rotate-ccw"
    sentence = _("%(by)s had a message of the web form %(name)s filed once more")
    submission_id: int
    name: str
