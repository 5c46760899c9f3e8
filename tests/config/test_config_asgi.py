"""Who may open the live socket."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings

from haoke.config import asgi

OURS = f"{settings.SESSION_COOKIE_NAME}=key-of-ours"


def may_open(monkeypatch, **headers: str) -> bool:
    monkeypatch.setattr(asgi, "_session_is_alive", lambda session_key: session_key == "key-of-ours")
    pairs = [(name.encode(), value.encode("latin1")) for name, value in {"host": "haoke.example", **headers}.items()]
    return asyncio.run(asgi._is_signed_in({"headers": pairs}))


@pytest.mark.parametrize("cookie", [OURS, f'a={{"b": "c d"}}; {OURS}', f"odd one=1; {OURS}", f"bare; {OURS}; c=\xe9"])
def test_a_neighbours_odd_cookie_does_not_hide_ours(monkeypatch, cookie) -> None:
    """Cookies do not know ports: another program on this machine may have set anything."""
    assert may_open(monkeypatch, cookie=cookie, origin="https://haoke.example")


@pytest.mark.parametrize("origin", ["https://evil.example", "https://haoke.example.evil.example", "null", ""])
def test_a_foreign_page_may_not_listen(monkeypatch, origin) -> None:
    assert not may_open(monkeypatch, cookie=OURS, origin=origin)


def test_without_a_living_session_nobody_listens(monkeypatch) -> None:
    for cookie in ("", f"{settings.SESSION_COOKIE_NAME}=of-yesterday"):
        assert not may_open(monkeypatch, cookie=cookie, origin="https://haoke.example")
