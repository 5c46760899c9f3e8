"""Reading policies and calendars: the seeded house, query counts, and days at a glance."""

from datetime import UTC, date, datetime

import pytest

from haoke.policies.choices import SCOPED, PolicyType
from haoke.policies.errors import NoPolicyInForce, UnknownCalendar, UnknownPolicy
from haoke.policies.models import CalendarYear, Policy
from haoke.policies.queries import (
    add_working_days,
    as_of,
    day_detail,
    history,
    overview,
    policy_detail,
    working_calendar,
    year_overview,
)

pytestmark = pytest.mark.django_db


def test_a_new_house_has_every_policy() -> None:
    assert {summary.type for summary in overview() if summary.current} == set(PolicyType.values) - SCOPED
    assert as_of("number_rule").format(1) == "K000001"
    assert as_of("survey_cap").days == 30
    assert as_of("survey_expiry").days == 28
    assert as_of("low_score").threshold == 2
    assert as_of("minutes_suggested").reply == 5
    assert as_of("attachment_limit").bytes == 25_000_000
    assert as_of("automatic_mail_caps").per_conversation == 10


def test_every_seeded_policy_reads_as_a_sentence() -> None:
    for policy in Policy.objects.all():
        assert policy.sentence
        assert "%(" not in policy.sentence


def test_one_query_answers_what_applies(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        as_of("survey_cap")
    with django_assert_num_queries(1):
        overview()
    with django_assert_num_queries(1):
        policy_detail("survey_cap")


def test_before_the_beginning_nothing_applied() -> None:
    with pytest.raises(NoPolicyInForce):
        as_of("survey_cap", at=datetime(2019, 12, 31, tzinfo=UTC))


def test_an_unknown_policy_has_no_history() -> None:
    with pytest.raises(UnknownPolicy):
        history("weather")


def test_the_seeded_calendar_knows_chinas_years_and_their_sources() -> None:
    china = working_calendar()
    assert china.published_years == set(range(2020, 2027))
    assert add_working_days(date(2026, 2, 10), 7, china) == date(2026, 2, 26)
    sources = CalendarYear.objects.values_list("source", flat=True)
    assert all("国办发明电" in source for source in sources)


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_at_a_glance(year: int, days: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        seen = year_overview("china", year)
    assert (seen.working_days, seen.is_provisional, len(seen.months)) == (days, False, 12)
    shown = [cell.on for month in seen.months for week in month.weeks for cell in week if cell]
    assert shown == sorted(set(shown))
    assert {len(week) for month in seen.months for week in month.weeks} == {7}
    assert len(shown) == date(year, 12, 31).timetuple().tm_yday


def test_a_year_beyond_the_lists_is_provisional() -> None:
    assert year_overview("china", 2027).is_provisional


def test_one_day_in_detail() -> None:
    make_up = day_detail("china", date(2026, 2, 14))
    assert (make_up.hours, make_up.own_hours) == ("09:00-12:00, 13:30-18:00", "")
    assert make_up.mark.source == "国办发明电〔2025〕7号"
    assert day_detail("china", date(2026, 3, 2)).mark is None


def test_an_unknown_calendar_is_not_found() -> None:
    with pytest.raises(UnknownCalendar):
        working_calendar("mars")
