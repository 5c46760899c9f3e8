"""What worklists refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict


class AlreadyOpen(Conflict):
    code = "already_open"
    message = _("The same task came up again meanwhile, so it stands on the list already.")
