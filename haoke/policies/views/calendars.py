"""The pages on which working calendars are seen and changed."""

from __future__ import annotations

from datetime import date

from babel.dates import get_day_names, get_month_names
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.core import clock
from haoke.core.errors import NotFound
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import babel_locale
from haoke.core.ui.gate import Request, needs
from haoke.policies import queries, services
from haoke.policies.forms import FIRST_YEAR, LAST_YEAR, CalendarDayForm, CalendarYearForm, WeeklyHoursForm


@require_safe
@needs("policies.view")
def calendars(request: Request) -> HttpResponse:
    return render(request, "policies/calendars.html", {"calendars": queries.calendars(), "year": clock.now().year})


@require_safe
@needs("policies.view")
def calendar_year(request: Request, code: str, year: int) -> HttpResponse:
    _check_year(year)
    locale = babel_locale(get_language() or "")
    context = {
        "overview": queries.year_overview(code, year),
        "month_names": get_month_names("wide", context="stand-alone", locale=locale),
        "weekday_names": get_day_names("wide", context="stand-alone", locale=locale),
        "weekday_letters": get_day_names("narrow", context="stand-alone", locale=locale),
        "years": [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= LAST_YEAR],
    }
    return render(request, "policies/calendar_year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("policies.change")
def calendar_day(request: Request, code: str, year: int, month: int, day: int) -> HttpResponse:
    detail = queries.day_detail(code, _date(year, month, day))
    form = CalendarDayForm(
        request.POST or None,
        initial={
            "version": detail.calendar.version,
            "kind": "work" if detail.hours else "off",
            "name": detail.mark.name if detail.mark else "",
            "hours": detail.own_hours,
        },
    )
    if form.is_valid():
        with refusals_shown_on(form):
            services.mark_calendar_day(
                calendar_code=code,
                on=detail.on,
                is_working=form.cleaned_data["kind"] == "work",
                name=form.cleaned_data["name"],
                hours=form.cleaned_data["hours"],
                version=form.cleaned_data["version"],
                by=request.actor,
            )
            messages.success(request, _("The day is marked."))
            return redirect("policies:calendar_year", code=code, year=year)
    form.renew(detail.calendar.version)
    return render(request, "policies/calendar_day.html", {"detail": detail, "form": form}, status=status_of(form))


@require_POST
@needs("policies.change")
def clear_calendar_day(request: Request, code: str, year: int, month: int, day: int) -> HttpResponse:
    services.clear_calendar_day(calendar_code=code, on=_date(year, month, day), by=request.actor)
    messages.success(request, _("The week applies to this day again."))
    return redirect("policies:calendar_year", code=code, year=year)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("policies.change")
def weekly_hours(request: Request, code: str) -> HttpResponse:
    calendar, hours = queries.calendar_hours(code)
    this_year = clock.now().year
    form = WeeklyHoursForm(
        request.POST or None, initial={"version": calendar.version, **WeeklyHoursForm.initial_of(hours)}
    )
    if form.is_valid():
        with refusals_shown_on(form):
            services.change_weekly_hours(
                calendar_code=code, hours=form.hours(), version=form.cleaned_data["version"], by=request.actor
            )
            messages.success(request, _("The weekly hours are changed."))
            return redirect("policies:calendar_year", code=code, year=this_year)
    form.renew(calendar.version)
    context = {"calendar": calendar, "form": form, "year": this_year}
    return render(request, "policies/weekly_hours.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("policies.change")
def calendar_import(request: Request, code: str) -> HttpResponse:
    calendar = queries.calendar(code)
    next_year = clock.now().year + 1
    form = CalendarYearForm(
        request.POST or None,
        request.FILES or None,
        initial={"version": calendar.version, "year": next_year},
    )
    report = None
    if form.is_valid():
        with refusals_shown_on(form):
            report = services.import_calendar_year(
                calendar_code=code,
                year=form.cleaned_data["year"],
                content=form.cleaned_data["file"].read(),
                source=form.cleaned_data["source"],
                is_provisional=form.cleaned_data["is_provisional"],
                version=form.cleaned_data["version"],
                by=request.actor,
            )
            # A further list is a new form about the calendar as it is now.
            calendar = queries.calendar(code)
            form = CalendarYearForm(initial={"version": calendar.version, "year": report.year})
    form.renew(calendar.version)
    context = {"calendar": calendar, "form": form, "report": report, "year": report.year if report else next_year}
    is_refused = report is not None and not report.accepted
    return render(request, "policies/calendar_import.html", context, status=422 if is_refused else status_of(form))


def _date(year: int, month: int, day: int) -> date:
    _check_year(year)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotFound() from None


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
