"""What surveys refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Forbidden, Invalid, Refusal


class SurveyExpired(Refusal):
    status = 410
    code = "survey_expired"
    message = _("This survey is over, so nothing more can be sent here.")


class ScoreNeeded(Invalid):
    code = "score_needed"
    message = _("Please choose a number from 1 to 5.")


class ExportForbidden(Forbidden):
    code = "export_forbidden"
    message = _("Quality managers read every answer but do not take copies away. A supervisor can export.")
    is_audited = True
