"""Decides how the process that takes mail in lives: it listens until it is asked to stop."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import signal
import sys

import django

DEMO_MAILBOX = "haoke.demo.mailbox"


def main() -> None:
    """`haoke smtp`: serves our mailboxes, and in a demo those of the playing customers, until SIGTERM.

    Raises SystemExit with code 2 where it cannot listen.
    """
    django.setup()
    try:
        asyncio.run(_listen())
    except* OSError as troubles:
        for trouble in troubles.exceptions:
            print(f"The mail listener cannot go on: {trouble}", file=sys.stderr)
        sys.exit(2)


async def _listen() -> None:
    from django.conf import settings

    from haoke.channels import listener

    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    env = settings.ENV
    async with asyncio.TaskGroup() as serving:
        serving.create_task(listener.serve(env.smtp_host, env.smtp_port, stopping=stopping))
        if await asyncio.to_thread(_is_demo):
            mailbox = importlib.import_module(DEMO_MAILBOX)
            playing = serving.create_task(mailbox.serve(env.smtp_host, env.demo_smtp_port))
            await stopping.wait()
            playing.cancel()


def _is_demo() -> bool:
    from django.db import connection

    from haoke.accounts import queries as accounts

    try:
        return importlib.util.find_spec(DEMO_MAILBOX) is not None and accounts.is_demo()
    finally:
        connection.close()
