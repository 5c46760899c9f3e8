"""How the body of a request comes in before a thread is spent on it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from haoke.config import bodies


def answered(*messages: dict[str, Any]) -> list[bytes]:
    """The bodies the pages were given, one for each time they were asked."""
    given: list[bytes] = []
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else await asyncio.Future()

    async def pages(_scope: Any, read: Any, _send: Any) -> None:
        assert not waiting
        whole, message = b"", await read()
        while message["more_body"]:
            whole, message = whole + message["body"], await read()
        given.append(whole + message["body"])

    asyncio.run(bodies.with_whole_body(pages, {}, receive, None))
    return given


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_the_pages_are_asked_once_the_whole_body_has_come() -> None:
    assert answered(part(b"", more=False)) == [b""]
    assert answered(part(b"a=", more=True), part(b"1", more=False)) == [b"a=1"]
    large = b"x" * (2 * bodies.IN_MEMORY)
    assert answered(part(large, more=True), part(large, more=False)) == [large + large]


def test_who_goes_away_half_way_is_not_answered() -> None:
    assert answered(part(b"a=", more=True), {"type": "http.disconnect"}) == []


def test_who_never_ends_or_sends_too_much_is_hung_up_on(monkeypatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.01)
    with pytest.raises(bodies.BodyNotTaken):
        answered(part(b"a=", more=True))
    monkeypatch.setattr(bodies, "MOST_BYTES", 3)
    with pytest.raises(bodies.BodyNotTaken):
        answered(part(b"four", more=False))
