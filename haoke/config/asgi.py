"""The web process: pages and API as plain WSGI in threads, the live socket natively (measured in TECH, section 2)."""

from __future__ import annotations

import os
from typing import Any, cast
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haoke.config.settings")

import psycopg
from a2wsgi import WSGIMiddleware
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http.cookie import parse_cookie

from haoke.config.bodies import with_whole_body
from haoke.core import live

pages: Any = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=settings.WEB_THREADS)


async def _connect() -> psycopg.AsyncConnection:
    from procrastinate.contrib.django.utils import connector_params

    return await psycopg.AsyncConnection.connect(**connector_params(), autocommit=True)


hub = live.Hub(_connect)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await with_whole_body(pages, scope, receive, send)
    elif scope["type"] == "websocket":
        await _socket(scope, receive, send)
    else:
        await _lifespan(receive, send)


async def _socket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    welcome = await _welcome(scope) if scope["path"] == "/live" else None
    if welcome is None:
        await send({"type": "websocket.close", "code": live.REFUSED})
        return
    await send({"type": "websocket.accept"})
    await live.serve_follower(hub, receive, send, welcome)


async def _welcome(scope: dict[str, Any]) -> live.Welcome | None:
    """Only our own pages, with a living session: a foreign origin is refused."""
    headers = {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}
    if urlsplit(headers.get("origin", "")).netloc != headers.get("host"):
        return None
    # Read as for pages: a neighbour's odd cookie must not hide ours.
    session_key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    staff_id = await sync_to_async(_staff_in)(session_key) if session_key else None
    if session_key is None or staff_id is None:
        return None

    async def still_holds() -> bool:
        return await sync_to_async(_staff_in)(session_key) == staff_id

    return live.Welcome(still_holds, ends_with=_sessions_name(staff_id))


def _staff_in(session_key: str) -> int | None:
    """Who is signed in with this session; nobody once it ended."""
    from django.db import close_old_connections

    from haoke.accounts import queries

    try:
        return queries.actor_of_session(session_key).staff_id
    finally:
        close_old_connections()


def _sessions_name(staff_id: int) -> str:
    from haoke.accounts import queries

    return queries.sessions_name(staff_id)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await hub.close()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
