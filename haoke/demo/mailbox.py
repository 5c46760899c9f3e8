"""Plays the customers' mail servers: takes every mail we send in the demo and keeps it where one can read it."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections

from haoke.demo import services
from haoke.demo.rules import answer_to

log = structlog.get_logger("haoke.demo")

MOST_BYTES = 50 * 1024 * 1024
TRY_LATER = "451 4.3.0 Something broke on the customer's side; please try again"


async def serve(host: str, port: int) -> None:
    """Listens until it is cancelled. Raises OSError where the port is taken."""
    connections: set[Connection] = set()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(connections), host, port)
    try:
        await asyncio.Event().wait()
    finally:
        server.close()
        for each in list(connections):
            each.hang_up()


class Connection(SMTP):
    """One connection of our own outgoing mail; broken commands and broken mails end in an answer, never in a crash."""

    line_length_limit = 4 * 1024 * 1024

    def __init__(self, connections: set[Connection]) -> None:
        super().__init__(
            Reception(),
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="customers.example",
            ident="ESMTP",
            loop=asyncio.get_running_loop(),
        )
        self.connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.connections.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()


class Reception:
    """Takes mail for any address except those that are there to show a refusal."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = answer_to(address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content
        recipients = [each.encode("utf-8", "replace").decode().replace("\0", "") for each in envelope.rcpt_tos]
        try:
            await asyncio.to_thread(_keep, content or b"", recipients)
        except Exception as error:
            return _try_later(error)
        return "250 2.0.0 Delivered"

    async def handle_exception(self, error: Exception) -> str:
        return _try_later(error)


def _keep(content: bytes, recipients: list[str]) -> None:
    close_old_connections()
    try:
        services.keep_mail(raw=content, recipients=recipients)
    finally:
        with contextlib.suppress(Exception):
            close_old_connections()


def _try_later(error: Exception) -> str:
    log.warning("demo_mail_put_off", error=type(error).__name__)
    return TRY_LATER
