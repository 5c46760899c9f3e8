"""The kinds of policy and what each changes for whom; the words of the working calendar."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PolicyType(TextChoices):
    NUMBER_RULE = "number_rule", _("Archive numbers")
    SURVEY_CAP = "survey_cap", _("Rest between surveys")
    SURVEY_EXPIRY = "survey_expiry", _("Life of a survey link")
    LOW_SCORE = "low_score", _("Low score")
    MINUTES_SUGGESTED = "minutes_suggested", _("Suggested minutes")
    ATTACHMENT_LIMIT = "attachment_limit", _("Size of attachments")
    AUTOMATIC_MAIL_CAPS = "automatic_mail_caps", _("Limits on automatic mail")
    UNDO_SEND = "undo_send", _("Time to take a reply back")
    SERVICE_TARGETS = "service_targets", _("Service targets")
    SERVICE_FLOOR = "service_floor", _("Service floor")


# Made for circumstances rather than for everybody, so they have a page of their own.
SCOPED = frozenset({PolicyType.SERVICE_TARGETS})


EXPLANATIONS = {
    PolicyType.NUMBER_RULE: _(
        "How the archive number of a new customer is written. Numbers that are given out never change."
    ),
    PolicyType.SURVEY_CAP: _(
        "How long a customer is left in peace after one survey before another may be sent, "
        "whatever they write to us about."
    ),
    PolicyType.SURVEY_EXPIRY: _(
        "How long a customer can answer a survey, and change the answer, after the mail was sent. "
        "Links sent before keep the time they were sent with."
    ),
    PolicyType.LOW_SCORE: _(
        "From which score down an answer becomes a task for the colleague in charge: "
        "somebody calls, asks and puts it right."
    ),
    PolicyType.MINUTES_SUGGESTED: _(
        "The working time proposed to colleagues when they reply, note or log a call. "
        "They correct it where it was more or less."
    ),
    PolicyType.ATTACHMENT_LIMIT: _(
        "How large one attachment may be, from colleagues and from customers. "
        "A larger one is named in the conversation, not kept."
    ),
    PolicyType.AUTOMATIC_MAIL_CAPS: _(
        "How many mails the machine may send by itself before it falls silent, so that two robots never answer "
        "each other for ever. Mail that a colleague writes is never held back."
    ),
    PolicyType.UNDO_SEND: _(
        "How long a reply of a colleague waits before it leaves, so that they can take it back. "
        "Mails that leave by themselves, and those of programs, do not wait."
    ),
    PolicyType.SERVICE_TARGETS: _(
        "Within how many working minutes a customer gets a first answer, a next one, and a solution. "
        "Only clocks that start later follow a change."
    ),
    PolicyType.SERVICE_FLOOR: _(
        "The slowest service anybody gets, in working minutes: no target for whatever customer may be slower. "
        "An empty part sets no limit."
    ),
}

# What a value says, in one line; the placeholders are the words of the value (rules/values.py).
SENTENCES = {
    PolicyType.NUMBER_RULE: _("%(prefix)s and at least %(digits)s digits: %(example)s"),
    PolicyType.SURVEY_CAP: _("at most one survey per customer in %(days)s days"),
    PolicyType.SURVEY_EXPIRY: _("%(days)s days after sending"),
    PolicyType.LOW_SCORE: _("%(threshold)s or less, of 5"),
    PolicyType.MINUTES_SUGGESTED: _("reply %(reply)s, note %(note)s, call %(call)s minutes"),
    PolicyType.ATTACHMENT_LIMIT: _("up to %(megabytes)s MB each"),
    PolicyType.AUTOMATIC_MAIL_CAPS: _(
        "at most %(per_conversation)s per conversation and %(per_recipient)s per recipient "
        "in %(window_minutes)s minutes"
    ),
    PolicyType.UNDO_SEND: _("%(seconds)s seconds"),
    PolicyType.SERVICE_TARGETS: _(
        "first response %(first_response)s, next response %(next_response)s, resolution %(resolution)s working minutes"
    ),
    PolicyType.SERVICE_FLOOR: _(
        "first response %(first_response)s, next response %(next_response)s, resolution %(resolution)s working minutes "
        "at the slowest"
    ),
}


class WithoutTargets(TextChoices):
    """Why no service targets apply."""

    NO_POLICY = "no_policy", _("No service targets apply here, so nothing is promised and no clock runs.")
    CALENDAR_WITHOUT_HOURS = (
        "calendar_without_hours",
        _("The calendar of the service targets has no working hours, so no clock can run."),
    )


class PausingState(TextChoices):
    """The states of a conversation in which a clock may stand still."""

    WAITING = "waiting", _("Waiting for customer")
    ON_HOLD = "on_hold", _("On hold")


class Weekday(IntegerChoices):
    """ISO weekdays: 1 is Monday."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class Pace(TextChoices):
    """What a stretch of time does to a clock that runs in working time."""

    COUNTED = "counted", _("counts")
    SKIPPED = "skipped", _("does not count")
    PAUSED = "paused", _("clock stopped")


class Reason(TextChoices):
    """Why a stretch of time counts or does not."""

    WORKING_HOURS = "working_hours", _("working hours")
    MAKE_UP_WORKDAY = "make_up_workday", _("make-up workday")
    OUTSIDE_HOURS = "outside_hours", _("outside working hours")
    DAY_WITHOUT_WORK = "day_without_work", _("no working day of the week")
    DAY_OFF = "day_off", _("day off")
    PAUSE = "pause", _("the clock was stopped")


class ImportFault(TextChoices):
    """Why a row of an imported year was left out."""

    NO_DATE = "no_date", _("There is no date in the form 2027-02-06.")
    OTHER_YEAR = "other_year", _("This date is too far from the year of the list.")
    NO_KIND = "no_kind", _("It does not say whether people work: write off or work, 休 or 班.")
    TWICE = "twice", _("This date stands in the list before, with something else.")
    NAME_TOO_LONG = "name_too_long", _("The name is longer than 60 characters.")
    NAME_UNREADABLE = "name_unreadable", _("The name holds signs that cannot be shown.")
