"""The policies a new house starts with, and China's working calendar with the holidays that are published."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations
from django.utils import timezone

HOLIDAYS = Path(__file__).resolve().parent.parent / "data" / "china_holidays.json"
# Before anything that may be imported from older systems.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY_TO_FRIDAY = range(1, 6)
# 09:00-12:00 and 13:30-18:00, in minutes after midnight.
HOURS = [(540, 720), (810, 1080)]

POLICIES = {
    "number_rule": {"prefix": "K", "digits": 6},
    "survey_cap": {"days": 30},
    "survey_expiry": {"days": 28},
    "low_score": {"threshold": 2},
    "minutes_suggested": {"reply": 5, "note": 2, "call": 10},
    "attachment_limit": {"bytes": 25_000_000},
    "automatic_mail_caps": {"per_conversation": 10, "per_recipient": 30, "window_minutes": 180},
}


def seed_policies(apps, schema_editor):
    policy = apps.get_model("policies", "Policy")
    policy.objects.bulk_create(
        policy(
            type=type,
            value=value,
            valid_from=BEGINNING,
            version=1,
            reason="",
            changed_by_name="Haoke",
            changed_at=timezone.now(),
        )
        for type, value in POLICIES.items()
    )


def seed_calendar(apps, schema_editor):
    found = json.loads(HOLIDAYS.read_text(encoding="utf-8"))
    calendar = apps.get_model("policies", "WorkCalendar").objects.create(
        code=found["calendar"], name_zh="中国标准工时", name_en="China standard", zone="Asia/Shanghai"
    )
    slot = apps.get_model("policies", "CalendarSlot")
    slot.objects.bulk_create(
        slot(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday in MONDAY_TO_FRIDAY
        for opens, closes in HOURS
    )
    for year in found["years"]:
        seed_year(apps, calendar, year)


def seed_year(apps, calendar, year):
    notices = [f"{notice['title']}（{notice['number']}）" for notice in year["notices"]]
    apps.get_model("policies", "CalendarYear").objects.create(
        calendar=calendar, year=year["year"], source="；".join(notices)
    )
    numbers = "、".join(notice["number"] for notice in year["notices"])
    day = apps.get_model("policies", "CalendarDay")
    day.objects.bulk_create(
        day(calendar=calendar, on=listed["date"], is_working=listed["is_working"], name=listed["name"], source=numbers)
        for listed in year["days"]
    )


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [
        migrations.RunPython(seed_policies, migrations.RunPython.noop),
        migrations.RunPython(seed_calendar, migrations.RunPython.noop),
    ]
