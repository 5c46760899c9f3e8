"""Language and theme, switched from any page."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from haoke.accounts import forms, services
from haoke.core.errors import Invalid
from haoke.core.ui.gate import Request, public
from haoke.core.ui.returning import page_before

Response = TypeVar("Response", bound=HttpResponseBase)

THEME_COOKIE = "haoke_theme"
ONE_YEAR = 365 * 24 * 3600


@public
@require_POST
def language(request: Request) -> HttpResponse:
    return _switch(request, forms.Language(request.POST))


@public
@require_POST
def theme(request: Request) -> HttpResponse:
    return _switch(request, forms.ThemeChoice(request.POST))


def keep_preferences(response: Response, *, language: str | None = None, theme: str | None = None) -> Response:
    """Keeps them in this browser too, so that they hold before signing in and after signing out."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), (THEME_COOKIE, theme)):
        if value:
            response.set_cookie(
                name, value, max_age=ONE_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
            )
    return response


def _switch(request: Request, form: forms.Language | forms.ThemeChoice) -> HttpResponse:
    if not form.is_valid():
        raise Invalid()
    services.change_preferences(**form.cleaned_data, by=request.actor)
    return keep_preferences(redirect(page_before(request)), **form.cleaned_data)
