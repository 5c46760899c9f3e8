"""What web forms refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Invalid, NotFound


class NoSuchForm(NotFound):
    code = "no_such_form"
    message = _("There is no form at this address, or it is switched off.")


class KeyTaken(Invalid):
    code = "key_taken"
    message = _("Another form has this address already. Choose a different one.")


class KeyNotUsable(Invalid):
    code = "key_not_usable"
    message = _("An address is made of 2 to 40 small letters, digits and hyphens, such as contact-us.")


class NotASite(Invalid):
    code = "not_a_site"
    message = _(
        "“%(site)s” is no site. Write it with its beginning and without a page, such as https://www.example.com."
    )


class WordsNeeded(Invalid):
    code = "words_needed"
    message = _("The form needs a title in at least one language.")


class UnknownPlace(Invalid):
    code = "unknown_place"
    message = _("This mailbox, team or category is gone. Please choose again.")


class FormChanged(Conflict):
    code = "form_changed"
    message = _("Somebody changed this form in the meantime. Open it anew and make your change there.")


class TooManyFiles(Invalid):
    code = "too_many_files"
    message = _("At most %(most)s files can go along. Please choose the most important ones.")


class AddressNotUsable(Invalid):
    code = "address_not_usable"
    message = _("We could not answer to this address. Please look at it once more.")


class SubmittedBefore(Conflict):
    code = "submitted_before"
    message = _("This was sent before, with other words. Nothing was sent now; send it again if you mean both.")


class SubmissionMovedOn(Conflict):
    code = "submission_moved_on"
    message = _("Somebody decided about this message already.")
