"""The one page customers answer on: no sign-in, no script, and looking at it records nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.views.decorators.http import require_http_methods

from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.limits import check_limit
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import public
from haoke.quality import forms, queries, services
from haoke.quality.choices import Score
from haoke.quality.errors import SurveyExpired
from haoke.quality.rules import LONGEST_COMMENT

LANGUAGES = dict(settings.LANGUAGES)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the survey; a POST records the answer and comes back to the page, which then thanks."""
    # A whole company may stand behind one address; somebody who guesses links needs far more tries than this.
    check_limit(f"survey:address:{request.META.get('REMOTE_ADDR', '')}", most=300, per=timedelta(minutes=10))
    try:
        found = queries.survey_by_token(token)
    except NotFound:
        found = None
    with translation.override(_language(request, found)):
        response = _page(request, token, found)
        response["Content-Language"] = translation.get_language()
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": with it browsers send our own form as from nowhere ("Origin: null"), and the check against
    # forged forms refuses it. No other site ever learns the address either way.
    response["Referrer-Policy"] = "same-origin"
    return response


def _page(request: HttpRequest, token: str, found: queries.Survey | None) -> HttpResponse:
    if found is None:
        return _closed(request, None, queries.way_on_address(), status=404)
    if found.is_over:
        return _closed(request, found, found.reply_address, status=410)
    # The customer's own words come back when something is missing; on a fresh page, what they answered before.
    given = {"score": found.score, "comment": found.comment} if found.score else {}
    form = forms.Answer(request.POST or None, initial=given)
    own_address = f"{reverse('quality:survey', args=[token])}?lang={translation.get_language()}"
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_shown_on(form):
                _record(token, found, form)
                return redirect(own_address)
        except SurveyExpired:
            # It ran out while they were writing.
            return _closed(request, found, found.reply_address, status=410)
    context = {
        "survey": found,
        "languages": settings.LANGUAGES,
        "form": form,
        "choices": Score.choices,
        "longest_comment": LONGEST_COMMENT,
        "closed_on": _day(found.closed_at),
        "last_day": _day(found.expires_at),
        "action": own_address,
    }
    return render(request, "quality/survey.html", context, status=status_of(form))


def _record(token: str, found: queries.Survey, form: forms.Answer) -> None:
    """Raises SurveyExpired, ScoreNeeded, Limited where one link is sent over and over."""
    check_limit(f"survey:link:{found.invitation_id}", most=20, per=timedelta(hours=1))
    services.answer_survey(
        token=token,
        score=form.cleaned_data["score"],
        comment=form.cleaned_data["comment"],
        by=Actor.customer(found.customer_id, found.customer_name),
    )


def _closed(request: HttpRequest, found: queries.Survey | None, address: str, *, status: int) -> HttpResponse:
    """A link that leads nowhere, or no longer, with an address to write to."""
    context = {"survey": found, "address": address, "languages": settings.LANGUAGES}
    return render(request, "quality/survey_closed.html", context, status=status)


def _language(request: HttpRequest, found: queries.Survey | None) -> str:
    """What the link asks for, else the customer's language, else the browser's."""
    for language in (request.GET.get("lang", ""), found.language if found else ""):
        if language in LANGUAGES:
            return language
    return str(translation.get_language())


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment).date())
