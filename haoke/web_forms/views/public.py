"""The pages customers write by: no sign-in, no script, in two languages, and looking at them records nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from haoke.conversations.services import Upload
from haoke.core.errors import NotFound
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.formatting import format_appointment
from haoke.core.ui.gate import Request, public
from haoke.web_forms import forms, queries, services
from haoke.web_forms.errors import NoSuchForm, SubmittedBefore
from haoke.web_forms.models import WebForm
from haoke.web_forms.rules import Timing, timing_of
from haoke.web_forms.views.receipts import new_page_slip, read_page_slip, receipt_of, token_in

LANGUAGES = dict(settings.LANGUAGES)
Page = Callable[..., HttpResponse]


def in_its_language(page: Page) -> Page:
    """Speaks what the link asks for, else the visitor's language; nobody keeps a copy of the page."""

    @wraps(page)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("lang", "")
        with translation.override(wanted if wanted in LANGUAGES else str(translation.get_language())):
            response = page(request, *args, **kwargs)
            response["Content-Language"] = translation.get_language()
        response["Cache-Control"] = "no-store"
        return response

    return spoken


# Inside another site's page no cookie of ours comes along, and there is nobody signed in whom a forged form could use:
# the slip we signed takes the place of the check against forged forms.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def form(request: Request, key: str) -> HttpResponse:
    """Shows the form; a POST keeps what was written and leads to the thanks."""
    try:
        web_form = queries.public_form(key, even_inactive=request.actor.may("channels.change"))
    except NoSuchForm:
        return render(request, "web_forms/closed.html", {"languages": settings.LANGUAGES}, status=404)
    return _framed_by(web_form, _submitted(request, web_form) if request.method == "POST" else _page(request, web_form))


@public
@require_safe
@in_its_language
def thanks(request: Request, key: str, receipt: str) -> HttpResponse:
    """What happens next, with reference and promised time as soon as they are known. Raises NotFound."""
    web_form = queries.public_form(key, even_inactive=True)
    token = token_in(receipt)
    if token is None:
        raise NotFound()
    found = queries.thanks_for(token, web_form)
    language = str(translation.get_language())
    promised = (
        format_appointment(found.promised_at, language=language, zone=found.promised_zone)
        if found.promised_at
        else None
    )
    context = {
        "web_form": web_form,
        "reference": found.reference,
        "promised": promised,
        "here": request.get_full_path(),
        "languages": settings.LANGUAGES,
    }
    return _framed_by(web_form, render(request, "web_forms/thanks.html", context))


def _submitted(request: Request, web_form: WebForm) -> HttpResponse:
    typed = _letter(web_form, request)
    slip = read_page_slip(request.POST.get("slip", ""), web_form.key)
    timing = timing_of(slip.seconds) if slip else Timing.LATE
    if not typed.is_valid():
        return _page(request, web_form, typed)
    if slip is None or timing is not Timing.FITTING:
        # A person waits three seconds or presses once more, with everything still typed; most robots do neither.
        typed.add_error(None, _("Please look it over once more, and then press the button again."))
        return _page(request, web_form, typed, keeps_slip=timing is Timing.FAST)
    with refusals_shown_on(typed):
        try:
            _submit(request, web_form, typed, slip.token)
        except SubmittedBefore as refusal:
            typed.add_error(None, str(refusal))
            return _page(request, web_form, typed, keeps_slip=False)
    if typed.errors:
        return _page(request, web_form, typed)
    return redirect(_own_address("thanks", web_form, receipt_of(slip.token)))


def _submit(request: Request, web_form: WebForm, typed: forms.Letter, token: UUID) -> None:
    given = typed.cleaned_data
    services.submit_form(
        key=web_form.key,
        token=token,
        written=services.Written(
            name=given["name"],
            mail=given["mail"],
            phone=given.get("phone", ""),
            subject=given["subject"],
            text=given["text"],
            trap=given["website"],
        ),
        uploads=[Upload(name=each.name, content=each.read()) for each in given.get("attachments", [])],
        language=str(translation.get_language()),
        address=request.META.get("REMOTE_ADDR", ""),
    )


def _page(
    request: Request, web_form: WebForm, typed: forms.Letter | None = None, *, keeps_slip: bool = True
) -> HttpResponse:
    shown = typed if typed is not None else _letter(web_form)
    sent_slip = request.POST.get("slip", "") if keeps_slip else ""
    known = read_page_slip(sent_slip, web_form.key)
    context = {
        "web_form": web_form,
        "form": shown,
        "slip": sent_slip if known else new_page_slip(web_form.key),
        "action": _own_address("form", web_form),
        "had_files": bool(request.FILES),
        "languages": settings.LANGUAGES,
    }
    return render(request, "web_forms/form.html", context, status=status_of(shown))


def _letter(web_form: WebForm, request: Request | None = None) -> forms.Letter:
    given = (request.POST, request.FILES) if request is not None else ()
    return forms.Letter(*given, asks_phone=web_form.asks_phone, takes_files=web_form.takes_files)


def _own_address(name: str, web_form: WebForm, *more: str) -> str:
    return f"{reverse(f'web_forms:{name}', args=[web_form.key, *more])}?lang={translation.get_language()}"


def _framed_by(web_form: WebForm, response: HttpResponse) -> HttpResponse:
    """Lets the form's own sites show it inside their pages; every other page of ours stays unframed."""
    if web_form.sites:
        response._csp_replace = {"frame-ancestors": list(web_form.sites)}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
    return response
