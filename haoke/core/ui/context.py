"""The words every template knows: who asks, in which language and zone, and time spoken for them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.html import format_html
from markupsafe import Markup

from haoke.core import clock
from haoke.core.ui import formatting
from haoke.core.ui.gate import Request


def request_words(request: Request) -> dict[str, Any]:
    """Language, zone, theme and the formatters bound to them (RULINGS: time, money and names in one place)."""
    actor = request.actor
    language = translation.get_language() or settings.LANGUAGE_CODE
    zone = formatting.zone_of(actor)
    theme = request.COOKIES.get("haoke_theme", "auto")
    return {
        "actor": actor,
        "language": language,
        "zone": zone,
        "theme": theme if theme in ("light", "dark") else "auto",
        "csrf_input": Markup(_csrf_input(request)),
        "csrf_token": get_token(request),
        "format_time": partial(formatting.format_time, now=clock.now(), language=language, zone=zone),
        "exact_time": partial(formatting.exact_time, language=language, zone=zone),
        "format_moment": partial(formatting.format_moment, language=language, zone=zone),
        "clock_time": partial(formatting.clock_time, zone=zone),
        "format_day": partial(formatting.format_day, now=clock.now(), language=language, zone=zone),
        "format_duration": partial(formatting.format_duration, language=language),
        "format_working_time": partial(formatting.format_working_time, language=language),
        "format_remaining": partial(formatting.format_remaining, language=language),
        "format_bytes": partial(formatting.format_bytes, language=language),
        "format_percent": partial(formatting.format_percent, language=language),
        "format_interval": partial(formatting.format_interval, language=language),
        "format_number": partial(formatting.format_number, language=language),
    }


def _csrf_input(request: Request) -> str:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
