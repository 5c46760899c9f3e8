"""Who may open a page: every view is for signed-in staff with an ability, unless it says that it is public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Marks a page that needs no signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs(ability: str) -> Callable[[View], View]:
    """Opens a page only to actors with the ability. Raises Forbidden."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor.require(ability)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.ability = ability  # type: ignore[attr-defined]
        return guarded

    return decorate
