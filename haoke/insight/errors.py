"""What reports refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Forbidden


class ExportForbidden(Forbidden):
    code = "report_export_forbidden"
    message = _("Quality managers read every report but do not take copies away. A supervisor can export.")
    is_audited = True
