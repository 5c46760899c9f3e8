"""Takes the body of a request in before a thread is spent on it: who sends slowly keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]

IN_MEMORY = 1024 * 1024
CHUNK = 64 * 1024
# Beyond what any form of ours takes, its files included.
MOST_BYTES = 300 * 1024 * 1024
# Seconds for the whole of it.
PATIENCE = 300


class BodyNotTaken(Exception):
    """The body is too long, or did not come to its end in time; nobody is asked to answer it."""


async def with_whole_body(pages: Any, scope: dict[str, Any], receive: Receive, send: Any) -> None:
    """Lets the pages answer once the body has come; until then a slow or silent sender costs a socket alone.

    Raises BodyNotTaken, which hangs up.
    """
    with SpooledTemporaryFile(IN_MEMORY) as body:
        try:
            async with asyncio.timeout(PATIENCE):
                has_come = await _take_in(body, receive)
        except TimeoutError:
            raise BodyNotTaken from None
        if has_come:
            body.seek(0)
            await pages(scope, _replay(body, receive), send)


async def _take_in(body: Any, receive: Receive) -> bool:
    """Whether it came to its end; False where the sender went away."""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return False
        body.write(message.get("body", b""))
        if body.tell() > MOST_BYTES:
            raise BodyNotTaken
        if not message.get("more_body"):
            return True


def _replay(body: Any, receive: Receive) -> Receive:
    has_ended = False

    async def read() -> dict[str, Any]:
        nonlocal has_ended
        if has_ended:
            return await receive()
        chunk = body.read(CHUNK)
        has_ended = not chunk
        return {"type": "http.request", "body": chunk, "more_body": not has_ended}

    return read
