"""What accounts refuses."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Invalid


class SignInRefused(Invalid):
    code = "sign_in_refused"
    message = _("This mail address and password do not belong together. Check both, or ask an administrator.")


class AddressTaken(Invalid):
    code = "address_taken"
    message = _("Somebody already signs in with this mail address.")


class NameNeeded(Invalid):
    code = "name_needed"
    message = _("Please give it a name by which people will know it.")


class TeamNameTaken(Invalid):
    code = "team_name_taken"
    message = _("There is already a team of this name.")


class NotANewInstallation(Conflict):
    code = "not_a_new_installation"
    message = _("The first administrator exists already. Please sign in.")


class LastAdministrator(Conflict):
    code = "last_administrator"
    message = _("This is the last active administrator. Make somebody else an administrator first.")


class StaffChanged(Conflict):
    code = "staff_changed"
    message = _("Somebody changed this person in the meantime. Your version is shown beside theirs.")


class UnknownRole(Invalid):
    code = "unknown_role"
    message = _("There is no role %(role)s. Roles are: %(roles)s.")


class UnknownCode(Invalid):
    code = "unknown_code"
    message = _("There is no choice %(value)s here. Choose one of: %(known)s.")


class UnknownPlace(Invalid):
    code = "unknown_place"
    message = _("One of these teams or areas is gone. Please choose again.")


class AreaCodeTaken(Invalid):
    code = "area_code_taken"
    message = _("There is already an area with this code.")


class WrongPassword(Invalid):
    code = "wrong_password"
    message = _("This is not your present password. Please type it once more.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why; the reason is kept with the access.")
