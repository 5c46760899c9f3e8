"""What the playing customer is refused."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Invalid, Unavailable


class FilesTooLarge(Invalid):
    code = "files_too_large"
    message = _("The files are larger than %(limit)s together.")


class MailPutOff(Unavailable):
    code = "mail_put_off"
    message = _("The mail server does not take the mail right now. We will try again.")
