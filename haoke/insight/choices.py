"""What a report can be about, which tables it has, and what each of its figures means."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Span(TextChoices):
    WEEK = "week", _("This week")
    DAYS = "days", _("Last 30 days")
    MONTH = "month", _("This month")
    LAST_MONTH = "last_month", _("Last month")
    CUSTOM = "custom", _("From … to …")


class Pace(TextChoices):
    """By which clock times are told."""

    BUSINESS = "business", _("Working time")
    CALENDAR = "calendar", _("Time on the clock")


class Table(TextChoices):
    """The tables of a report, each of which can be taken along as a file."""

    FIGURES = "figures", _("Figures")
    DAYS = "days", _("Day by day")
    HOURS = "hours", _("When customers write")
    RESPONSES = "responses", _("How long the first response took")
    CONSISTENCY = "consistency", _("The same request by different channels")


# In the order of the columns; they stand beside the figures and at the head of every file.
DEFINITIONS = {
    "opened": (_("Begun"), _("Conversations that began in the period. Merged ones count once.")),
    "resolved": (
        _("Solved"),
        _("Conversations that were solved or closed in the period and are so still; solved and then closed is once."),
    ),
    "open": (_("Still open"), _("Conversations that were not finished at the end of the period.")),
    "first_response": (
        _("First response"),
        _(
            "From the beginning to the first word of a person, for first words of the period. Acknowledgements, notes "
            "and bots do not count, nor do conversations that we began."
        ),
    ),
    "next_response": (
        _("Next response"),
        _("From a customer's later word to our answer, where a target was promised; for answers of the period."),
    ),
    "resolution": (
        _("Solution"),
        _("From the beginning to the end, time in which we waited for the customer included; for those solved."),
    ),
    "kept_first_response": (
        _("First responses in time"),
        _("Share of the targets of the period that were kept. One is missed from the moment it is overdue."),
    ),
    "kept_next_response": (_("Next responses in time"), _("The same for the targets of next responses.")),
    "kept_resolution": (_("Solutions in time"), _("The same for the targets of solutions, pauses left out.")),
    "reopened": (
        _("Reopened"),
        _("Share of the conversations first solved in the period that were taken up again since."),
    ),
    "one_touch": (
        _("One touch"),
        _("Share of those solved and answered that took one answer of ours and were never reopened."),
    ),
}
ATTRIBUTION = _(
    "A conversation counts as the work of whoever answered first and of the team it was with then; unanswered ones of "
    "whoever had them when they were finished, or has them now."
)
TOO_FEW = _(
    "Shares and the slowest tenth of fewer than %(fewest)s say nothing and are left out; counts and sums never are."
)
WORKING_TIME = _("Working time is counted by the working calendar of the conversation's targets, else by the house's.")
