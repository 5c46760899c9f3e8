"""Changing a calendar: its marked days and its weekly hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.policies import errors, events
from haoke.policies.models import CalendarDay, CalendarSlot, WorkCalendar
from haoke.policies.queries import calendar_hours
from haoke.policies.rules.hours import Slot, read_hours, write_hours
from haoke.policies.services.service_targets import check_calendar_in_use
from haoke.timeline.services import record


@transaction.atomic
def mark_calendar_day(
    *,
    calendar_code: str,
    on: date,
    is_working: bool,
    name: str = "",
    hours: str = "",
    version: int | None = None,
    by: Actor,
) -> CalendarDay:
    """Makes a date a day off or a workday; `hours` such as 09:00-12:00, empty for the usual ones.

    `version` is that of the calendar the person saw. Raises Forbidden, UnknownCalendar, CalendarChangedMeanwhile,
    HoursNotUsable, HoursOverlap.
    """
    now = clock.now()
    by.require("policies.change")
    calendar = changing(calendar_code, version)
    slots = read_hours(hours) if is_working else ()
    values = {"is_working": is_working, "name": name.strip(), "source": "", "is_provisional": False}
    day, _is_new = CalendarDay.objects.update_or_create(calendar=calendar, on=on, defaults=values)
    day.slots.all().delete()
    _create_slots(calendar, slots, day=day)
    record(
        events.CalendarDayMarked(
            calendar_id=calendar.pk,
            code=calendar.code,
            on=on.isoformat(),
            is_working=is_working,
            name=day.name,
            hours=write_hours(slots),
        ),
        by=by,
        at=now,
    )
    return day


@transaction.atomic
def clear_calendar_day(*, calendar_code: str, on: date, version: int | None = None, by: Actor) -> None:
    """Lets the week apply to a date again.

    Raises Forbidden, UnknownCalendar, CalendarChangedMeanwhile, DayNotMarked.
    """
    now = clock.now()
    by.require("policies.change")
    calendar = changing(calendar_code, version)
    deleted, _by_model = CalendarDay.objects.filter(calendar=calendar, on=on).delete()
    if not deleted:
        raise errors.DayNotMarked()
    record(events.CalendarDayCleared(calendar_id=calendar.pk, code=calendar.code, on=on.isoformat()), by=by, at=now)


@transaction.atomic
def change_weekly_hours(
    *, calendar_code: str, hours: Mapping[int, str], version: int | None = None, by: Actor
) -> WorkCalendar:
    """Gives the week other hours, by ISO weekday; a weekday that is not named or empty is off.

    Raises Forbidden, UnknownCalendar, CalendarChangedMeanwhile, HoursNotUsable, HoursOverlap, CalendarInUse.
    """
    now = clock.now()
    by.require("policies.change")
    calendar = changing(calendar_code, version)
    week = {weekday: read_hours(text) for weekday, text in hours.items() if text.strip()}
    _row, before = calendar_hours(calendar_code)
    CalendarSlot.objects.filter(calendar=calendar, day=None).delete()
    for weekday, slots in week.items():
        _create_slots(calendar, slots, weekday=weekday)
    check_calendar_in_use(calendar_code, at=now)
    record(
        events.WeeklyHoursChanged(
            calendar_id=calendar.pk,
            code=calendar.code,
            old={str(weekday): text for weekday, text in before.items() if text},
            new={str(weekday): write_hours(slots) for weekday, slots in week.items()},
        ),
        by=by,
        at=now,
    )
    return calendar


def changing(code: str, version: int | None) -> WorkCalendar:
    """The calendar, locked, at its next version. Raises UnknownCalendar, CalendarChangedMeanwhile."""
    calendar = WorkCalendar.objects.select_for_update().filter(code=code).first()
    if calendar is None:
        raise errors.UnknownCalendar(code=code)
    if version is not None and version != calendar.version:
        raise errors.CalendarChangedMeanwhile()
    calendar.version += 1
    calendar.save(update_fields=["version"])
    return calendar


def _create_slots(
    calendar: WorkCalendar, slots: Iterable[Slot], *, weekday: int | None = None, day: CalendarDay | None = None
) -> None:
    CalendarSlot.objects.bulk_create(
        CalendarSlot(calendar=calendar, weekday=weekday, day=day, opens=slot.opens, closes=slot.closes)
        for slot in slots
    )
