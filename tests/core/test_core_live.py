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

    welcome = live.Welcome(still_holds=_yes, ends_with="sessions-of:1")
    asyncio.run(live.serve_follower(Hub(), receive, send, welcome))  # type: ignore[arg-type]

    assert [each.names for each in followers] == [frozenset({"inbox"})]


@pytest.mark.parametrize(
    ("heard", "is_over", "closed"),
    [
        (frozenset({"sessions-of:1"}), True, True),
        (frozenset({"sessions-of:1"}), False, False),
        (frozenset({"sessions-of:2", "inbox"}), True, False),
        (None, True, True),
    ],
    ids=["its own session ended", "another session of theirs ended", "somebody else's", "the line was down meanwhile"],
)
def test_a_page_whose_session_ended_is_shown_out_at_once(heard, is_over, closed) -> None:
    """A revoked session hears nothing more, without waiting for its next word."""
    followers: list[live.Follower] = []
    sent: list[dict[str, Any]] = []

    class Hub:
        join, leave = followers.append, staticmethod(lambda follower: None)

    async def still_holds() -> bool:
        return not is_over

    async def talk() -> None:
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await gone.wait()
            return {"type": "websocket.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        welcome = live.Welcome(still_holds, ends_with="sessions-of:1")
        line = asyncio.create_task(live.serve_follower(Hub(), receive, send, welcome))  # type: ignore[arg-type]
        await asyncio.sleep(0.01)
        followers[0].tell(heard)
        await asyncio.sleep(0.01)
        gone.set()
        await line

    asyncio.run(talk())

    assert ({"type": "websocket.close", "code": live.REFUSED} in sent) is closed


async def _yes() -> bool:
    return True
