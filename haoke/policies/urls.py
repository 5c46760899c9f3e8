"""The addresses of policies and calendars, below Settings."""

from django.urls import path

from haoke.policies.views import calendars, policies

app_name = "policies"

CALENDAR = "settings/calendars/<slug:code>"
DAY = f"{CALENDAR}/<int:year>-<int:month>-<int:day>"

urlpatterns = [
    path("settings/policies/", policies.policies, name="list"),
    path("settings/calendars/", calendars.calendars, name="calendars"),
    path(f"{CALENDAR}/hours", calendars.weekly_hours, name="weekly_hours"),
    path(f"{CALENDAR}/imports", calendars.calendar_import, name="calendar_import"),
    path(f"{CALENDAR}/<int:year>", calendars.calendar_year, name="calendar_year"),
    path(DAY, calendars.calendar_day, name="calendar_day"),
    path(f"{DAY}/clearance", calendars.clear_calendar_day, name="clearance"),
    path("settings/policies/<slug:type>", policies.policy, name="policy"),
    path("settings/policies/<slug:type>/versions", policies.create_version, name="versions"),
    path(
        "settings/policies/<slug:type>/versions/<int:policy_id>/withdrawal",
        policies.withdraw_version,
        name="withdrawal",
    ),
]
