"""Changing calendars: marked days, weekly hours and imported years, each with its fact."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from haoke.core.errors import Forbidden
from haoke.policies import errors
from haoke.policies.choices import ImportFault
from haoke.policies.models import CalendarDay, CalendarSlot
from haoke.policies.queries import calendar, is_working_day, working_calendar
from haoke.policies.rules.hours import read_hours
from haoke.policies.services import change_weekly_hours, clear_calendar_day, import_calendar_year, mark_calendar_day
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

SATURDAY = date(2026, 12, 5)
LIST = "2027-02-06,off,春节\n2027-02-20,work,春节\n2027-13-01,off,?\n".encode()


def fact(kind: str) -> Entry:
    return Entry.objects.get(kind=kind)


def test_a_marked_day_has_its_own_hours_until_it_is_cleared(admin) -> None:
    mark_calendar_day(calendar_code="china", on=SATURDAY, is_working=True, name="盘点", hours="09:00-11:00", by=admin)
    assert working_calendar().plan(SATURDAY).slots == read_hours("09:00-11:00")
    assert fact("calendar_day.marked").payload["hours"] == "09:00-11:00"
    mark_calendar_day(calendar_code="china", on=SATURDAY, is_working=True, name="盘点", by=admin)
    assert working_calendar().plan(SATURDAY).slots == read_hours("09:00-12:00, 13:30-18:00")
    clear_calendar_day(calendar_code="china", on=SATURDAY, by=admin)
    assert not is_working_day(SATURDAY, working_calendar())
    assert fact("calendar_day.cleared").payload["on"] == "2026-12-05"


def test_a_day_marked_by_hand_does_not_make_its_year_published(admin) -> None:
    mark_calendar_day(calendar_code="china", on=date(2027, 6, 1), is_working=False, name="公司日", by=admin)
    assert working_calendar().is_provisional(date(2027, 6, 2))


def test_an_imported_year_is_published_with_its_good_rows(admin) -> None:
    """RULINGS, Clocks: provisional until it is imported."""
    report = import_calendar_year(
        calendar_code="china", year=2027, content=LIST, source="国办发明电〔2026〕1号", by=admin
    )
    assert (len(report.accepted), [row.fault for row in report.rejected]) == (2, [ImportFault.NO_DATE])
    value = working_calendar()
    assert not value.is_provisional(date(2027, 2, 6))
    assert not is_working_day(date(2027, 2, 6), value)
    assert is_working_day(date(2027, 2, 20), value)
    payload = fact("calendar_year.imported").payload
    assert (payload["year"], payload["accepted"], payload["rejected"]) == (2027, 2, 1)


def test_a_final_list_replaces_the_provisional_one(admin) -> None:
    guess = b"2027-02-05,off,guess\n2027-02-06,off,guess\n"
    import_calendar_year(
        calendar_code="china", year=2027, content=guess, source="expected", is_provisional=True, by=admin
    )
    assert working_calendar().is_provisional(date(2027, 2, 5))
    import_calendar_year(calendar_code="china", year=2027, content=LIST, source="official", by=admin)
    days = CalendarDay.objects.filter(on__year=2027).values_list("on", "name", "is_provisional")
    assert list(days) == [(date(2027, 2, 6), "春节", False), (date(2027, 2, 20), "春节", False)]


def test_a_list_without_a_good_row_changes_nothing(admin) -> None:
    before = calendar("china").version
    report = import_calendar_year(calendar_code="china", year=2027, content=b"a,b,c1\nd,e,f", source="-", by=admin)
    assert not report.accepted
    assert calendar("china").version == before
    assert working_calendar().is_provisional(date(2027, 1, 1))
    assert not Entry.objects.filter(kind="calendar_year.imported").exists()


def test_weekly_hours_are_replaced_as_a_whole(admin) -> None:
    change_weekly_hours(calendar_code="china", hours={1: "08:00-16:00", 6: "10:00-12:00", 2: " "}, by=admin)
    assert working_calendar().week == {1: read_hours("08:00-16:00"), 6: read_hours("10:00-12:00")}
    payload = fact("weekly_hours.changed").payload
    assert payload["old"]["5"] == "09:00-12:00, 13:30-18:00"
    assert payload["new"] == {"1": "08:00-16:00", "6": "10:00-12:00"}


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"hours": "12:00-09:00"}, errors.HoursNotUsable),
        ({"hours": "09:00-12:00,11:00-13:00"}, errors.HoursOverlap),
        ({"version": 99}, errors.CalendarChangedMeanwhile),
        ({"calendar_code": "mars"}, errors.UnknownCalendar),
    ],
)
def test_a_refused_mark_leaves_no_trace(admin, options, refusal) -> None:
    given = {"calendar_code": "china", "on": SATURDAY, "is_working": True, "by": admin, **options}
    with pytest.raises(refusal):
        mark_calendar_day(**given)
    assert not CalendarDay.objects.filter(on=SATURDAY).exists()
    assert calendar("china").version == 1
    assert not Entry.objects.filter(subject_kind="calendar").exists()


def test_a_day_that_is_not_marked_cannot_be_cleared(admin) -> None:
    with pytest.raises(errors.DayNotMarked):
        clear_calendar_day(calendar_code="china", on=SATURDAY, by=admin)
    assert calendar("china").version == 1


def test_only_who_may_change_policies_changes_calendars(supervisor) -> None:
    changes = [
        lambda: mark_calendar_day(calendar_code="china", on=SATURDAY, is_working=True, by=supervisor),
        lambda: clear_calendar_day(calendar_code="china", on=date(2026, 10, 1), by=supervisor),
        lambda: change_weekly_hours(calendar_code="china", hours={}, by=supervisor),
        lambda: import_calendar_year(calendar_code="china", year=2027, content=LIST, source="-", by=supervisor),
    ]
    for change in changes:
        with pytest.raises(Forbidden):
            change()
    assert calendar("china").version == 1


def test_the_database_itself_refuses_overlapping_hours() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarSlot.objects.create(calendar=calendar("china"), weekday=1, opens=719, closes=730)
