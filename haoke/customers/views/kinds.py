"""The choice between person and organisation above a form, and the areas offered in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from haoke.accounts.queries import areas
from haoke.customers.choices import CustomerKind


def kind_of(request: HttpRequest, *, otherwise: str) -> str:
    """The kind the form is about: what was sent, else what the link asks for."""
    asked = request.POST.get("kind") or request.GET.get("kind")
    return asked if asked in CustomerKind.values else otherwise


def kind_tabs(request: HttpRequest, kind: str) -> list[dict[str, Any]]:
    return [
        {"label": each.label, "url": f"{request.path}?kind={each.value}", "is_current": each == kind}
        for each in CustomerKind
    ]


def area_choices() -> list[tuple[int, str]]:
    """Every area by its path, 浙江省 / 杭州市."""
    return [(area.pk, f"{area.parent.name} / {area.name}" if area.parent else area.name) for area in areas()]
