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


class AbsenceWithoutLength(Invalid):
    code = "absence_without_length"
    message = _("The absence ends before it begins. Please choose a later end.")


class AbsenceTooLate(Invalid):
    code = "absence_too_late"
    message = _("This absence is over already. Enter one that is running or still to come.")


class AbsencesOverlap(Invalid):
    code = "absences_overlap"
    message = _("There is an absence in this time already. Take that one back first, or choose other times.")


class SubstituteUnfit(Invalid):
    code = "substitute_unfit"
    message = _("This colleague cannot stand in: they answer no customers, or are absent in this time themselves.")


class SkillNameTaken(Invalid):
    code = "skill_name_taken"
    message = _("There is already a skill of this name.")


class UnknownSkill(Invalid):
    code = "unknown_skill"
    message = _("One of these skills is gone. Please choose again.")


class CapacityOutOfBounds(Invalid):
    code = "capacity_out_of_bounds"
    message = _("Capacity is a number from 0 to 500.")


class HoldsOpenWork(Conflict):
    code = "holds_open_work"
    message = _("%(name)s still has work here: %(work)s. Give it back first; then nothing is left lying.")


class WrongPassword(Invalid):
    code = "wrong_password"
    message = _("This is not your present password. Please type it once more.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why; the reason is kept with the access.")


class CodeRefused(Invalid):
    code = "code_refused"
    message = _("This code does not fit, or was used before. Wait for the next one in the app, or use a recovery code.")


class SecondFactorIsOn(Conflict):
    code = "second_factor_is_on"
    message = _("Your second factor is on already. To move to another phone, switch it off first.")


class NoSecondFactor(Conflict):
    code = "no_second_factor"
    message = _("There is no second factor here to change. Set one up first.")


class SetUpAgain(Conflict):
    code = "set_up_again"
    message = _("This set-up was begun anew or finished elsewhere. Please begin once more.")


class OwnSecondFactor(Conflict):
    code = "own_second_factor"
    message = _("Your own second factor is switched off on your account page, with your password and a code.")
