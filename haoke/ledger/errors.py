"""What the ledger refuses."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Invalid


class ImplausibleMinutes(Invalid):
    code = "implausible_minutes"
    message = _("Minutes are a whole number from 0 to %(most)s.")
