"""A whole Haoke in its own processes, and a mail server that plays the customers' side."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class CustomersServer:
    """The mail server on the other side: keeps what it is given."""

    port: int = field(default_factory=free_port)
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def wait_for(self, wanted: Callable[[EmailMessage], bool], seconds: float = PATIENCE) -> EmailMessage:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for mail in self.mails:
                if wanted(mail):
                    return mail
            time.sleep(0.1)
        raise AssertionError(f"No such mail came; there are: {[mail['Subject'] for mail in self.mails]}")


@dataclass
class House:
    """A running Haoke."""

    address: str
    smtp_port: int
    data: Path
    process: subprocess.Popen

    def deliver(self, mail: EmailMessage, *, sender: str, recipient: str) -> None:
        with SMTP("127.0.0.1", self.smtp_port, timeout=30) as server:
            server.send_message(mail, from_addr=sender, to_addrs=[recipient])


@contextlib.contextmanager
def running_house(data: Path, *, port: int = 0, smtp_port: int = 0) -> Iterator[House]:
    """`haoke up --empty` as a user starts it, with an embedded database of its own; stopped by SIGINT."""
    port, smtp_port = port or free_port(), smtp_port or free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA")}
    environment |= {
        "PORT": str(port),
        "HAOKE_SMTP_PORT": str(smtp_port),
        "HAOKE_DEMO_SMTP_PORT": str(free_port()),
        "DATA": str(data),
    }
    with (data / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "haoke", "up", "--empty"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, data / "log")
            yield House(f"http://127.0.0.1:{port}", smtp_port, data, process)
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()


def _wait_until_it_answers(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.3)
    raise AssertionError(f"Haoke did not start:\n{log.read_text(errors='replace')[-4000:]}")
