"""One's own account: who one is here, how one reads, and with which keys one comes in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from haoke.accounts import forms, queries, services
from haoke.accounts.choices import TIME_ZONES
from haoke.accounts.views.sessions import sign_out
from haoke.core import clock
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import babel_locale
from haoke.core.ui.gate import Request, signed_in


@require_safe
@never_cache
@signed_in
def account(request: Request) -> HttpResponse:
    return _page(request, forms.OwnPassword())


@sensitive_post_parameters()
@require_POST
@signed_in
def password(request: Request) -> HttpResponse:
    form = forms.OwnPassword(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            staff = services.change_own_password(
                current=form.cleaned_data["current"],
                new=form.cleaned_data["new"],
                session_key=request.session.session_key,
                by=request.actor,
            )
            # Every session of theirs ends with the old password, except the one in which they chose the new.
            services.give_new_key(request.session)
            request.session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
            messages.success(request, _("Your new password counts from now on."))
            return redirect("accounts:account")
    return _page(request, form)


@require_POST
@signed_in
def time_zone(request: Request) -> HttpResponse:
    form = forms.TimeZone(request.POST)
    if form.is_valid():
        services.change_preferences(time_zone=form.cleaned_data["time_zone"], by=request.actor)
        messages.success(request, _("Times are shown in this zone from now on."))
    return redirect("accounts:account")


@require_POST
@signed_in
def session_ending(request: Request, name: str) -> HttpResponse:
    if name == queries.session_name(request.session.session_key or ""):
        return sign_out(request)
    services.end_session(name=name, by=request.actor)
    messages.success(request, _("That session is over."))
    return redirect("accounts:account")


@require_POST
@signed_in
def other_sessions_ending(request: Request) -> HttpResponse:
    services.end_other_sessions(session_key=request.session.session_key, by=request.actor)
    messages.success(request, _("You are signed in here only."))
    return redirect("accounts:account")


def _page(request: Request, form: forms.OwnPassword) -> HttpResponse:
    staff = queries.staff_member(request.actor.staff_id)
    context = {
        "staff": staff,
        "form": form,
        "factor": queries.factor_state(staff),
        "sessions": queries.open_sessions(staff.pk, this=request.session.session_key),
        "zones": _zones(clock.now()),
    }
    return render(request, "accounts/account.html", context, status=status_of(form))


def _zones(now: datetime) -> list[tuple[str, str]]:
    """The zones on offer, each with its difference to universal time and its place in the reader's language."""
    house = _("As the house: %(zone)s") % {"zone": _zone_words(settings.TIME_ZONE, now)}
    return [("", house), *((zone, _zone_words(zone, now)) for zone in TIME_ZONES)]


def _zone_words(zone: str, now: datetime) -> str:
    place = get_timezone_location(zone, locale=babel_locale(get_language() or "en"), return_city=True)
    offset = f"{now.astimezone(ZoneInfo(zone)):%z}"
    return f"{place} (UTC{offset[:3]}:{offset[3:]})" if zone != "UTC" else "UTC"
