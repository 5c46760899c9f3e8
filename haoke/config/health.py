"""Decides whether this web process is healthy: it answers, and its database answers it."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from haoke.core.ui.gate import public


@public
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 and `ok`, or 503 without a word on why: the address is open to everybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database down", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
