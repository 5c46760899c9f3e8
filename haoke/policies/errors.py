"""What policies and calendars refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Invalid, NotFound


class UnknownPolicy(NotFound):
    code = "unknown_policy"
    message = _("There is no policy called %(type)s.")


class NoPolicyInForce(Conflict):
    code = "no_policy_in_force"
    message = _("No policy %(type)s was in force at that time.")


class InvalidPolicyValue(Invalid):
    code = "invalid_policy_value"
    message = _("A policy of this kind does not have exactly these parts: %(parts)s.")


class NumberOutOfBounds(InvalidPolicyValue):
    code = "number_out_of_bounds"
    message = _("Please write a whole number from %(lowest)s to %(highest)s.")


class PrefixNotUsable(InvalidPolicyValue):
    code = "prefix_not_usable"
    message = _("Please write one to four capital letters from A to Z, such as K.")


class ChangeInThePast(Invalid):
    code = "change_in_the_past"
    message = _("What was in force stays as it was. Choose a moment from now on.")


class ChangeAlreadyPlanned(Conflict):
    code = "change_already_planned"
    message = _("A change already begins at that very moment. Withdraw it first or choose another moment.")


class NothingChanges(Invalid):
    code = "nothing_changes"
    message = _("This is what applies at that moment already.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why, so that colleagues understand the change later.")


class PolicyChangedMeanwhile(Conflict):
    code = "policy_changed_meanwhile"
    message = _("Somebody changed this policy in the meantime. Look at the new version below and decide again.")


class AlreadyInForce(Conflict):
    code = "already_in_force"
    message = _("This version is or was in force and stays in the history. Make a new change instead.")


class UnknownCalendar(NotFound):
    code = "unknown_calendar"
    message = _("There is no calendar called %(code)s.")


class CalendarChangedMeanwhile(Conflict):
    code = "calendar_changed_meanwhile"
    message = _("Somebody changed this calendar in the meantime. It is shown as it is now; please decide again.")


class CalendarWithoutHours(Conflict):
    code = "calendar_without_hours"
    message = _("This calendar has no working hours in any week, so no deadline can be computed. Give it hours first.")


class HoursNotUsable(Invalid):
    code = "hours_not_usable"
    message = _("Hours are written like 09:00-12:00, from earlier to later, at most until 24:00: %(text)s is not.")


class HoursOverlap(Invalid):
    code = "hours_overlap"
    message = _("%(first)s and %(second)s overlap.")


class DayNotMarked(NotFound):
    code = "day_not_marked"
    message = _("This day is not marked in the calendar.")


class ListNotReadable(Invalid):
    code = "list_not_readable"
    message = _("This file is neither a JSON list nor a table with the columns date, kind and name.")


class TargetBelowFloor(Invalid):
    code = "target_below_floor"
    message = _("The service floor promises everybody at most %(floor)s working minutes here. Choose that or less.")


class FloorAboveTargets(Conflict):
    code = "floor_above_targets"
    message = _("These service targets are slower than that: %(targets)s. Make them faster first.")


class TargetOutOfReach(Invalid):
    code = "target_out_of_reach"
    message = _("With the working hours of this calendar, this would take more than two years.")


class CalendarInUse(Conflict):
    code = "calendar_in_use"
    message = _("Service targets count by this calendar, and with these hours they could not be reached in two years.")
