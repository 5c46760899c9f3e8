"""The live socket: what an open page may say without being hung up on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from haoke.core import live


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "1", '{"follow": null}', '{"follow": 5}', '{"follow"', "[" * 100_000],
    ids=lambda text: text[:12],
)
def test_a_page_that_talks_nonsense_stays_connected_and_is_heard_afterwards(text: str) -> None:
    followers: set[Any] = set()

    class Hub:
        join, leave = followers.add, staticmethod(lambda follower: None)

    said = [
        {"type": "websocket.receive", "text": text},
        {"type": "websocket.receive", "bytes": b"\xff"},
        {"type": "websocket.receive", "text": '{"follow": ["inbox"]}'},
        {"type": "websocket.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return said.pop(0)

    async def send(_message: dict[str, Any]) -> None: ...

    asyncio.run(live.serve_follower(Hub(), receive, send))  # type: ignore[arg-type]

    assert [each.names for each in followers] == [frozenset({"inbox"})]
