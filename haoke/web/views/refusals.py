"""Pages that say no, or that something broke, and always name the way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haoke.core.actor import Actor
from haoke.core.errors import Forbidden, NotFound, Refusal
from haoke.core.ui import render
from haoke.core.ui.gate import public
from haoke.core.ui.returning import page_before

TITLES = {
    403: gettext_lazy("Not open to you"),
    404: gettext_lazy("Nothing here"),
    409: gettext_lazy("Somebody was quicker"),
    422: gettext_lazy("One more look, please"),
    429: gettext_lazy("One moment, please"),
    503: gettext_lazy("Not reachable right now"),
}
# Refusals that time alone may lift.
PASSING = (429, 503)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal with its status code: as a page, or for HTMX as a toast beside what one is looking at."""
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true":
        response = render(request, "web/refusal_toast.html", {"refusal": refusal}, status=refusal.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    else:
        response = render(request, "web/refusal.html", _words(request, refusal), status=refusal.status)
    if (retry_after := getattr(refusal, "retry_after", None)) is not None:
        response["Retry-After"] = str(retry_after)
    return response


def _words(request: HttpRequest, refusal: Refusal) -> dict[str, object]:
    here, before = request.get_full_path(), page_before(request)
    return {
        "refusal": refusal,
        "title": TITLES.get(refusal.status, _("This cannot be done")),
        "retry_url": here if request.method == "GET" and refusal.status in PASSING else None,
        "back_url": before if before not in ("/", here) else None,
    }


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(_with_actor(request), NotFound())


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(_with_actor(request), Forbidden())


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _("This page was open for too long, or its safety mark is missing. Go back, reload it and send again.")
    return refusal_page(_with_actor(request), Forbidden(message))


@public
def broken(request: HttpRequest) -> HttpResponse:
    """The last resort: no database, no template words, one honest sentence in both languages."""
    return HttpResponse(
        "<!doctype html><meta charset=utf-8><title>Haoke</title>"
        "<h1>出了点问题，我们已经记下。请稍后再试。</h1>"
        "<p>Something broke on our side and was noted. Please try again soon.</p>",
        status=500,
    )


def _with_actor(request: HttpRequest) -> HttpRequest:
    if not hasattr(request, "actor"):
        request.actor = Actor.nobody()  # type: ignore[attr-defined]
    return request
