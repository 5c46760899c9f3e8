"""The gate of the API: a bearer token becomes an actor, or nobody enters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from haoke.accounts import queries, services
from haoke.api.problems import refused, unknown_token
from haoke.core.actor import Actor
from haoke.core.errors import Refusal
from haoke.core.limits import check_limit
from haoke.core.ui.gate import own_gate

MOST_REQUESTS = 600
MOST_WRONG_TOKENS = 60
WINDOW = timedelta(minutes=1)
LONGEST_TOKEN = 200


class Bearer(HttpBearer):
    """`Authorization: Bearer haoke_…`, and nothing else: a signed-in browser is a stranger here.

    At most 600 requests a minute for one token, and 60 wrong tokens from one address.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = queries.actor_of_token(token) if len(token) <= LONGEST_TOKEN and token.isascii() else None
        if actor is None or actor.id is None:
            check_limit(f"api-stranger:{request.META.get('REMOTE_ADDR', '')}", most=MOST_WRONG_TOKENS, per=WINDOW)
            return None
        check_limit(f"api:{actor.id}", most=MOST_REQUESTS, per=WINDOW)
        services.note_token_use(actor.id)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def for_programs_and_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Opens the description of the API to tokens and, since it holds no data, to signed-in colleagues."""

    @own_gate
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            may_read = request.actor.is_signed_in or Bearer()(request) is not None  # type: ignore[attr-defined]
        except Refusal as refusal:
            return refused(request, refusal)
        return view(request, **kwargs) if may_read else unknown_token(request)

    return guarded
