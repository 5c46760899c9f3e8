"""The edge of the pages: reads the actor, speaks their language, and turns refusals into answers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from haoke.accounts import queries as accounts
from haoke.accounts.services import NOTED_EVERY, note_refusal, note_session, note_sign_of_life
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Refusal
from haoke.web.views.refusals import refusal_page

Answer = Callable[[HttpRequest], HttpResponse]


class ReadActor:
    """Builds the actor once, from the session, and notes its use; the API builds its own actor from the token."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = accounts.signed_in(request.session)
        request.actor = found.actor  # type: ignore[attr-defined]
        request.must_set_up = found.must_set_up  # type: ignore[attr-defined]
        if found.actor.is_signed_in and (found.seen_at is None or clock.now() - found.seen_at > NOTED_EVERY):
            _note_session(request, found.actor)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Sends visitors who are not signed in to the sign-in page, and back here afterwards."""
        if request.actor.is_signed_in:  # type: ignore[attr-defined]
            return _lead_to_set_up(request, view)
        if _is_open_to_visitors(view):
            return None
        target = reverse("accounts:set_up" if accounts.is_new_installation() else "accounts:sign_in")
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": target})
        wanted = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{target}?next={quote(wanted)}")


def _note_session(request: HttpRequest, actor: Actor) -> None:
    """So that people see where they are signed in."""
    note_session(
        session_key=request.session.session_key or "",
        staff_id=actor.staff_id or 0,
        address=request.META.get("REMOTE_ADDR", ""),
        user_agent=request.headers.get("User-Agent", ""),
    )


def _lead_to_set_up(request: HttpRequest, view: Callable) -> HttpResponse | None:
    """Whoever must have a second factor and has none sets it up before anything else opens."""
    is_open = getattr(view, "is_public", False) or getattr(view, "is_before_set_up", False)
    if is_open or not request.must_set_up:  # type: ignore[attr-defined]
        return None
    target = reverse("accounts:second_factor")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _is_open_to_visitors(view: Callable) -> bool:
    return getattr(view, "is_public", False) or getattr(view, "has_own_gate", False)


class NoteSignOfLife:
    """Whoever opens a page or sends something is there, which giving out work relies on.

    What an open page fetches by itself says nothing about the person before it; its own sign is a small POST.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or "HX-Request" not in request.headers:
            note_sign_of_life(by=request.actor)  # type: ignore[attr-defined]
        return self.get_response(request)


class SpeakLanguage:
    """The colleague's own language; for visitors the cookie, then what the browser asks for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.actor.language or translation.get_language_from_request(request)  # type: ignore[attr-defined]
        known = dict(settings.LANGUAGES)
        with translation.override(language if language in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


class TranslateRefusals:
    """The one place that turns a raised refusal into a page (HOUSE, section 7)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if exception.is_audited:
            note_refusal(code=exception.code, path=request.path, by=request.actor)  # type: ignore[attr-defined]
        return refusal_page(request, exception)
