"""The template environment: Jinja2 with our words for time, addresses and icons, and blocks for HTMX."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from jinja2 import Environment, StrictUndefined

from haoke.core.ui import formatting
from haoke.core.ui.icons import icon


class HaokeTemplates(Jinja2):
    """Our own rooms only: templates of third-party apps are written for Django's engine."""

    app_dirname = "templates"

    @cached_property
    def template_dirs(self) -> tuple[str, ...]:
        ours = Path(__file__).resolve().parents[2]
        found = cast(Iterable[str], super().template_dirs)
        return (str(Path(__file__).parent / "templates"), *(each for each in found if Path(each).is_relative_to(ours)))


def environment(**options: Any) -> Environment:
    """The Jinja2 environment; an undefined variable is an error, never an empty place on the page."""
    env = Environment(**{**options, "undefined": StrictUndefined})
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(static=static, url=url, icon=icon, initials=formatting.initials)
    # A block rendered alone for HTMX does not run the imports of its page, so the components are always at hand.
    env.globals["ui"] = env.get_template("ui/components.html").module
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `url("customers:page", number="K000001")`."""
    return reverse(name, args=args, kwargs=kwargs)


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """One page, one template: an HTMX request whose target is named like a block gets that block alone."""
    engine = cast(HaokeTemplates, engines["pages"])
    page = cast(Any, engine.get_template(template))
    words: dict[str, Any] = {"request": request}
    for processor in engine.template_context_processors:
        words.update(processor(request))
    words.update(context or {})
    block = wanted_part(request, page.template.blocks)
    if block is None:
        body = page.template.render(words)
    else:
        body = "".join(page.template.blocks[block](page.template.new_context(words)))
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "Cookie"])
    return response


def wanted_part(request: HttpRequest, parts: Container[str]) -> str | None:
    """The part of a page, a block of its template, that HTMX fetches again; None for the whole page."""
    if request.headers.get("HX-Request") != "true" or request.headers.get("HX-Boosted") == "true":
        return None
    name = request.headers.get("HX-Target", "").replace("-", "_")
    return name if name in parts else None
