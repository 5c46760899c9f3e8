"""Decides where somebody may be sent back to: only to a page of this house."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_return(request: HttpRequest, wanted: str | None, *, otherwise: str = "/") -> str:
    """The wanted address if it is one of ours, as a path; a foreign or broken one becomes `otherwise`."""
    if not wanted or not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return otherwise
    parts = urlsplit(wanted)
    # "next=page" without a slash would be read relative to the page that redirects; two slashes would name a host.
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def page_before(request: HttpRequest) -> str:
    """The page a small form was sent from, for switches that stand on every page."""
    return safe_return(request, request.headers.get("Referer"))
