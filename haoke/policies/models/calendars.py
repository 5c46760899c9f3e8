"""Working calendars: the hours of the week, and the dates on which it is otherwise."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language

from haoke.policies.rules.hours import WHOLE_DAY


class WorkCalendar(models.Model):
    """A zone and a week; `follows_public_holidays` where each year's days off are published by somebody else."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    zone = models.CharField(max_length=40)
    follows_public_holidays = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "policies_workcalendar"
        ordering = ["pk"]

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


class CalendarYear(models.Model):
    """The list of a year that was published for a calendar, or a provisional one."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    is_provisional = models.BooleanField(default=False)

    class Meta:
        db_table = "policies_calendaryear"
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="policies_one_list_a_year")]


class CalendarDay(models.Model):
    """A date on which the week does not apply."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_provisional = models.BooleanField(default=False)

    class Meta:
        db_table = "policies_calendarday"
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="policies_one_mark_a_day")]


def _apart(name: str, *keys: str) -> ExclusionConstraint:
    """Slots that belong together do not overlap; they may touch."""
    span = Func(
        "opens",
        "closes",
        RangeBoundary(inclusive_lower=True, inclusive_upper=False),
        function="int4range",
        output_field=IntegerRangeField(),
    )
    owner = [(key, RangeOperators.EQUAL) for key in keys]
    return ExclusionConstraint(name=name, expressions=[*owner, (span, RangeOperators.OVERLAPS)])


class CalendarSlot(models.Model):
    """One stretch of work, in minutes after midnight, of a weekday (1 is Monday) or of one marked day."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.ForeignKey(CalendarDay, null=True, on_delete=models.CASCADE, related_name="slots")
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "policies_calendarslot"
        ordering = ["opens"]
        constraints = [
            models.CheckConstraint(
                name="policies_slot_of_weekday_or_day",
                condition=Q(weekday__range=(1, 7), day=None) | Q(weekday=None, day__isnull=False),
            ),
            models.CheckConstraint(
                name="policies_slot_within_day", condition=Q(opens__lt=F("closes"), closes__lte=WHOLE_DAY)
            ),
            _apart("policies_slots_of_week_apart", "calendar", "weekday"),
            _apart("policies_slots_of_day_apart", "day"),
        ]
