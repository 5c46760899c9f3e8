"""What the archive refuses."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Invalid


class NameNeeded(Invalid):
    code = "name_needed"
    message = _("Please write a name; it is how colleagues find the customer.")


class TextTooLong(Invalid):
    code = "text_too_long"
    message = _("Please shorten this to %(most)s characters; it has %(length)s.")


class TextNotUsable(Invalid):
    code = "text_not_usable"
    message = _("This text holds characters that cannot be stored. Please type it anew.")


class UnknownCode(Invalid):
    code = "unknown_code"
    message = _("%(value)s is not one of the choices. Please choose from: %(choices)s.")


class DetailOfAnotherKind(Invalid):
    code = "detail_of_another_kind"
    message = _("This belongs to another kind of customer. Please leave it empty here.")


class CreditCodeWrong(Invalid):
    code = "credit_code_wrong"
    message = _(
        "A unified social credit code has 18 digits and capital letters, and the last one checks the others. "
        "Please compare it with the licence."
    )


class NotAPhoneNumber(Invalid):
    code = "not_a_phone_number"
    message = _("A phone number has 3 to 20 digits, such as 138 0013 8000 or 010-12345678-801.")


class NotAMailAddress(Invalid):
    code = "not_a_mail_address"
    message = _("A mail address looks like name@example.com.")


class ContactPointEmpty(Invalid):
    code = "contact_point_empty"
    message = _("Please write the number, address or account.")


class ContactPointKnown(Conflict):
    code = "contact_point_known"
    message = _("This contact point is on the archive already.")


class CustomerChanged(Conflict):
    """The version in the form is older than the archive; `current` names the version now."""

    code = "customer_changed"
    message = _("A colleague changed this archive while you were writing. Both versions are shown below.")


class UnknownArea(Invalid):
    code = "unknown_area"
    message = _("This area does not exist. Please choose one from the list.")


class OwnerNotUsable(Invalid):
    code = "owner_not_usable"
    message = _("Please choose a colleague or a team that is active here.")


class AlreadyOwner(Conflict):
    code = "already_owner"
    message = _("This customer is with them already.")


class OwnershipReasonNeeded(Invalid):
    code = "ownership_reason_needed"
    message = _("Please say why, so that colleagues and a later handover understand it.")
