"""Turns refusals into problem JSON: the one translator of the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from haoke.core.errors import NotFound, Refusal
from haoke.core.shapes import Problem, WrongField
from haoke.core.ui.gate import own_gate

MEDIA_TYPE = "application/problem+json"


def answer_with_problems(api: NinjaAPI) -> None:
    """Lets the API answer every refusal in one shape."""
    answers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: refused,
        ValidationError: invalid,
        AuthenticationError: unknown_token,
        HttpError: unreadable,
        RequestDataTooBig: too_large,
    }
    for error, answer in answers.items():
        api.add_exception_handler(error, answer)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What a service or a query turned down."""
    response = problem(refusal.status, refusal.code, str(refusal), field=refusal.field)
    if (retry_after := getattr(refusal, "retry_after", None)) is not None:
        response["Retry-After"] = str(retry_after)
    return response


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the shape the description names; the first wrong field stands on top."""
    errors = [WrongField(field=_name_of(each["loc"]), message=each["msg"]) for each in error.errors]
    sentence = _("Some fields are not as they should be.")
    return problem(422, "invalid", sentence, field=errors[0].field if errors else None, errors=errors)


def unknown_token(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    response = problem(401, "unknown_token", _("Send a valid token: Authorization: Bearer haoke_…"))
    response["WWW-Authenticate"] = "Bearer"
    return response


def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return problem(error.status_code, "unreadable", str(error))


def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "too_large", _("The body is larger than we take. Send less at once."))


@own_gate
def unknown_address(request: HttpRequest, address: str = "") -> HttpResponse:
    """A mistyped address below /api, for whoever asks: nothing is there to be kept from anybody."""
    return refused(request, NotFound())


def problem(
    status: int, code: str, detail: str, *, field: str | None = None, errors: Sequence[WrongField] = ()
) -> HttpResponse:
    body = Problem(
        title=code.replace("_", " "), status=status, code=code, detail=detail, field=field, errors=list(errors)
    )
    return JsonResponse(body.dict(), status=status, content_type=MEDIA_TYPE)


def _name_of(place: Sequence[str | int]) -> str:
    """The field as the sender calls it: without the part of the request, and without our name for the whole body.

    Brackets stand in the names that pydantic gives to the branches of a choice.
    """
    inside = [str(part) for part in place[2 if place[0] == "body" else 1 :] if "[" not in str(part)]
    return ".".join(inside) or str(place[0])
