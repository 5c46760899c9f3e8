"""Takes mail in over SMTP: says 250 only after the mail is committed, and 451 whenever that is not sure."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, transaction

from haoke.channels import queries, services

log = structlog.get_logger("haoke.smtp")

MOST_BYTES = 50 * 1024 * 1024
MOST_RECIPIENTS = 100
MOST_CONNECTIONS = 40
# Seconds for one command, the whole content of a mail included (RFC 5321, 4.5.3.2, asks for ten minutes).
PATIENCE = 600
# Seconds that mails under way get when we are asked to stop.
FAREWELL = 8
THREADS = 4

TRY_LATER = "451 4.3.0 Something broke on our side; please try again in a few minutes"
TOO_BUSY = b"421 4.3.2 Too many connections at the moment; please try again in a few minutes\r\n"

Result = TypeVar("Result")


async def serve(host: str, port: int, *, stopping: asyncio.Event, ready: Callable[[int], None] | None = None) -> None:
    """Listens until `stopping` is set; mails under way then still get their answer. `ready` is told the port.

    Raises OSError where the port is taken.
    """
    door = Door()
    server = await asyncio.get_running_loop().create_server(door.open, host, port)
    if ready is not None:
        ready(server.sockets[0].getsockname()[1])
    try:
        await stopping.wait()
    finally:
        server.close()
        await door.close()


class Door:
    """Lets connections in up to a number, and keeps the threads in which mails are stored."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="smtp")
        self.connections: set[Conversation] = set()

    def open(self) -> asyncio.Protocol:
        if len(self.connections) >= MOST_CONNECTIONS:
            return TurnedAway()
        return Conversation(self)

    async def close(self) -> None:
        """Lets mails whose content has come be stored and answered, then hangs up."""
        patience = asyncio.get_running_loop().time() + FAREWELL
        while any(each.is_storing for each in self.connections) and asyncio.get_running_loop().time() < patience:
            await asyncio.sleep(0.05)
        for each in list(self.connections):
            each.hang_up()
        self.threads.shutdown(wait=True, cancel_futures=True)

    async def in_thread(self, function: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
        """Runs database work in a thread whose connection is fresh before and given back afterwards."""
        work = functools.partial(_with_fresh_connection, function, *arguments, **named)
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)


class TurnedAway(asyncio.Protocol):
    """A connection too many: one polite sentence, and goodbye."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(TOO_BUSY)
        transport.close()


class Conversation(SMTP):
    """One sender's connection. It names neither the machine nor the software behind it."""

    # Broken programs write whole pages in one line; refusing them would lose the customer's mail.
    line_length_limit = 4 * 1024 * 1024

    def __init__(self, door: Door) -> None:
        super().__init__(
            Reception(door, self),
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="Haoke",
            ident="ESMTP",
            timeout=PATIENCE,
            loop=asyncio.get_running_loop(),
        )
        self.door = door
        self.is_storing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.door.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.door.connections.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()


class Reception:
    """What we answer to each step; whatever goes wrong here means: not accepted, try again."""

    def __init__(self, door: Door, conversation: Conversation) -> None:
        self.door = door
        self.conversation = conversation

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return f"452 4.5.3 At most {MOST_RECIPIENTS} recipients at a time; please send the rest in another mail"
        try:
            is_ours = await self.door.in_thread(queries.accepts, clean(address))
        except Exception as error:
            return _try_later("recipient", error)
        if not is_ours:
            return "550 5.1.1 Nobody reads mail to this address here; please check how it is written"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content
        self.conversation.is_storing = True
        try:
            recipients = [clean(each) for each in envelope.rcpt_tos]
            inbound_id = await self.door.in_thread(keep, content, clean(envelope.mail_from), recipients)
        except Exception as error:
            return _try_later("content", error)
        finally:
            self.conversation.is_storing = False
        log.info("mail_accepted", inbound_id=inbound_id, size_bytes=len(content or b""))
        return f"250 2.0.0 Accepted as {inbound_id}"

    async def handle_exception(self, error: Exception) -> str:
        return _try_later("command", error)


def keep(content: bytes, envelope_from: str, envelope_to: list[str]) -> int:
    """Stores the mail; when this returns it is committed, whoever called."""
    with transaction.atomic(durable=True):
        return services.store_inbound(raw=content, envelope_from=envelope_from, envelope_to=envelope_to).pk


def clean(address: str | None) -> str:
    """An address of the envelope as text a database can hold; the null sender of a bounce is empty."""
    if address is None or address == "<>":
        return ""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "")[:1000]


def _try_later(step: str, error: Exception) -> str:
    # The kind of trouble is enough to find it; its words may hold addresses.
    log.warning("mail_put_off", step=step, error=type(error).__name__)
    return TRY_LATER


def _with_fresh_connection(function: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
    close_old_connections()
    try:
        return function(*arguments, **named)
    finally:
        close_old_connections()
