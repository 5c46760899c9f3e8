"""What the file room refuses."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Invalid, NotFound


class FileTooLarge(Invalid):
    code = "file_too_large"
    message = _("“%(name)s” is larger than %(limit)s. Send a link to it instead, or make it smaller.")


class FileMissing(NotFound):
    code = "file_missing"
    message = _("The content of this file is not in the file store. Restore it from a backup.")
