"""Live pages: a change names the blocks it touched, and open pages that show them fetch them again.

Only names travel, never contents, so the page that fetches passes the same gate as any other request.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog
from django.db import connection

log = structlog.get_logger("haoke.live")

CHANNEL = "haoke_live"
MOST_NAMES = 50
MOST_WAITING = 100
# The close code by which a page knows that it is no longer welcome.
REFUSED = 4403


def announce(*names: str) -> None:
    """Says, inside the caller's transaction, that the named blocks changed; heard only if it commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(names)])


class Hub:
    """One listening connection for the whole process, handing names on to every open page that follows them."""

    def __init__(self, connect: Callable[[], Awaitable[psycopg.AsyncConnection]]) -> None:
        self._connect = connect
        self._followers: set[Follower] = set()
        self._listening: asyncio.Task[None] | None = None

    def join(self, follower: Follower) -> None:
        self._followers.add(follower)
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())

    def leave(self, follower: Follower) -> None:
        self._followers.discard(follower)

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        while True:
            try:
                async with await self._connect() as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    # What was said while nobody listened is lost: every page fetches its blocks once.
                    self._hand_on(None)
                    async for notice in listening.notifies():
                        self._hand_on(frozenset(json.loads(notice.payload)))
            except psycopg.Error as error:
                log.warning("live_listener_lost", error=type(error).__name__)
            await asyncio.sleep(1)

    def _hand_on(self, names: frozenset[str] | None) -> None:
        for follower in self._followers:
            follower.tell(names)


class Follower:
    """One open page: the names it follows and what it has not been told yet.

    Upon the name `ends_with` its session may have ended, which it does not see: `may_have_ended` is set, for the house
    to ask.
    """

    def __init__(self, ends_with: str = "") -> None:
        self.names: frozenset[str] = frozenset()
        self.may_have_ended = asyncio.Event()
        self._ends_with = ends_with
        self._waiting: asyncio.Queue[list[str] | None] = asyncio.Queue(MOST_WAITING)

    def follow(self, names: Iterable[Any]) -> None:
        self.names = frozenset(str(name)[:80] for name in list(names)[:MOST_NAMES])

    def tell(self, changed: frozenset[str] | None) -> None:
        """Queues the followed ones among `changed`; None, or an overfull queue, means: fetch everything."""
        if changed is None or self._ends_with in changed:
            self.may_have_ended.set()
        news = None if changed is None else sorted(self.names & changed)
        if news == []:
            return
        try:
            self._waiting.put_nowait(news)
        except asyncio.QueueFull:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put_nowait(None)

    async def news(self) -> str:
        changed = await self._waiting.get()
        return json.dumps({"resync": True} if changed is None else {"changed": changed})


@dataclass(frozen=True)
class Welcome:
    """To whom the socket was opened: whether they still may, and the name under which that may have changed."""

    still_holds: Callable[[], Awaitable[bool]]
    ends_with: str


async def serve_follower(
    hub: Hub, receive: Callable[[], Awaitable[dict]], send: Callable[[dict], Awaitable[None]], welcome: Welcome
) -> None:
    """Talks to one page until it goes: it sends {"follow": [names]}, we {"changed": [names]} or {"resync": true}.

    A page whose session ended is closed at once.
    """
    follower = Follower(welcome.ends_with)
    hub.join(follower)
    at_work = [asyncio.create_task(_talk(follower, send)), asyncio.create_task(_show_out(follower, send, welcome))]
    try:
        while (message := await receive())["type"] != "websocket.disconnect":
            # Whatever else a page may send names no wish we know.
            with contextlib.suppress(ValueError, TypeError, LookupError, RecursionError):
                follower.follow(json.loads(message.get("text") or "")["follow"])
    finally:
        hub.leave(follower)
        for task in at_work:
            task.cancel()


async def _talk(follower: Follower, send: Callable[[dict], Awaitable[None]]) -> None:
    while True:
        await send({"type": "websocket.send", "text": await follower.news()})


async def _show_out(follower: Follower, send: Callable[[dict], Awaitable[None]], welcome: Welcome) -> None:
    """Asks again whenever the session may have ended, and closes the line where it did."""
    while True:
        await follower.may_have_ended.wait()
        follower.may_have_ended.clear()
        if not await welcome.still_holds():
            follower.follow([])
            await send({"type": "websocket.close", "code": REFUSED})
            return
