"""Who may open the live socket."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings

from haoke.accounts.queries import sessions_name
from haoke.config import asgi

OURS = f"{settings.SESSION_COOKIE_NAME}=key-of-ours"


def may_open(monkeypatch, **headers: str) -> bool:
    monkeypatch.setattr(asgi, "_staff_in", lambda session_key: 7 if session_key == "key-of-ours" else None)
    pairs = [(name.encode(), value.encode("latin1")) for name, value in {"host": "haoke.example", **headers}.items()]
    return asyncio.run(asgi._welcome({"headers": pairs})) is not None


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


def test_a_welcome_ends_with_the_session(monkeypatch) -> None:
    """The name under which it is told belongs to the colleague; whether it still holds is asked of the database."""
    alive = {"key-of-ours": 7}
    monkeypatch.setattr(asgi, "_staff_in", alive.get)
    pairs = [(b"host", b"haoke.example"), (b"origin", b"https://haoke.example"), (b"cookie", OURS.encode())]

    async def told() -> list[bool]:
        welcome = await asgi._welcome({"headers": pairs})
        assert welcome is not None
        assert welcome.ends_with == sessions_name(7)
        before = await welcome.still_holds()
        alive.clear()
        return [before, await welcome.still_holds()]

    assert asyncio.run(told()) == [True, False]
