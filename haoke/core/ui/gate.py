"""Who may open a page: every view is public, for all staff or for an ability, or has a gate of its own; and says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from haoke.core.actor import Actor

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as views see it: the edge has read who asks."""

    actor: Actor


def public(view: View) -> View:
    """Marks a page that needs no signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def own_gate(view: View) -> View:
    """Marks a view that asks for a key of its own, as the API does for its token; the middleware lets visitors pass."""
    view.has_own_gate = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Marks a page for everybody who works here, whatever their role; the middleware keeps visitors out."""
    view.is_for_all_staff = True  # type: ignore[attr-defined]
    return view


def before_set_up(view: View) -> View:
    """Marks a page that is open even to somebody who has to set a second factor up before anything else."""
    view.is_before_set_up = True  # type: ignore[attr-defined]
    return view


def needs(ability: str) -> Callable[[View], View]:
    """Opens a page only to actors with the ability. Raises Forbidden."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor.require(ability)
            return view(request, *args, **kwargs)

        guarded.ability = ability  # type: ignore[attr-defined]
        return guarded

    return decorate
