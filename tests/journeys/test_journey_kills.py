"""Every process is killed with -9 while mail pours in: nothing accepted is lost, nothing is doubled."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import psycopg

from haoke.config.report import running_database_url
from tests.journeys.houses import CustomersServer, House, running_house

SUPPORT = "support@haoke.example"
MAILS = 60

PREPARE = """
import django, sys
django.setup()
from haoke.accounts.services import create_first_administrator
from haoke.accounts.models import Team
from haoke.channels.services import create_channel
from haoke.core.actor import Actor
create_first_administrator(
    company_name="Kill", name="A", email="a@haoke.example", password="a-long-password-here", language="en"
)
create_channel(name="S", address="support@haoke.example", display_name="S", team_id=Team.objects.get().pk,
               outgoing_host="127.0.0.1", outgoing_port=int(sys.argv[1]), outgoing_security="none", by=Actor.system())
"""


class Customers(threading.Thread):
    """Sixty people who each write once and insist until their mail is accepted."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.accepted: list[str] = []

    def run(self) -> None:
        for number in range(MAILS):
            message_id = f"<kill-{number}@customer.example>"
            while not self._accepted(letter(number, message_id), f"customer{number}@customer.example"):
                time.sleep(0.3)
            self.accepted.append(message_id)
            time.sleep(0.1)

    def _accepted(self, mail: EmailMessage, sender: str) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as server:
                server.send_message(mail, from_addr=sender, to_addrs=[SUPPORT])
        except (OSError, smtplib.SMTPException):
            return False
        return True


def letter(number: int, message_id: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"客户{number} <customer{number}@customer.example>"
    mail["To"] = SUPPORT
    mail["Subject"] = f"第{number}封"
    mail["Message-ID"] = message_id
    mail.set_content(f"内容 {number}\n")
    mail.add_attachment(os.urandom(2000), maintype="application", subtype="octet-stream", filename="附件.bin")
    return mail


def test_nothing_is_lost_or_doubled(tmp_path: Path, customers_server: CustomersServer) -> None:
    """Issue 2, bad input: kill -9 of each process at any moment."""
    with running_house(tmp_path) as house:
        prepare(house, customers_server.port)
        customers = Customers(house.smtp_port)
        customers.start()
        for name in ("smtp", "worker", "database", "web", "worker", "smtp"):
            time.sleep(1.5)
            kill(house, name)
        house.process.kill()
        house.process.wait()
    with running_house(tmp_path, smtp_port=house.smtp_port) as house:
        customers.join(120)
        assert len(customers.accepted) == MAILS
        wait_until_settled(house)
        with database(house) as connection:
            received = Counter(
                row[0]
                for row in connection.execute(
                    "SELECT header_id FROM conversations_message WHERE direction = 'in' AND header_id LIKE '<kill-%'"
                )
            )
            assert received == Counter(customers.accepted)
            states = dict(
                connection.execute("SELECT state, count(*) FROM channels_inboundmail GROUP BY state").fetchall()
            )
            assert set(states) <= {"processed", "ignored"}
            assert states["processed"] == MAILS
            numbers = [row[0] for row in connection.execute("SELECT number FROM customers_customer")]
            assert len(numbers) == len(set(numbers)) == MAILS
            sent = dict(connection.execute("SELECT message_id, state FROM channels_outboundmail"))
    assert len(sent) == MAILS
    arrived = Counter(mail["Message-ID"] for mail in customers_server.mails if mail["Message-ID"] in sent)
    assert max(arrived.values()) == 1
    # Every answer of ours arrived once, or a person is asked about it.
    assert {state for message_id, state in sent.items() if message_id not in arrived} <= {"uncertain"}
    assert set(sent.values()) <= {"sent", "uncertain"}


def prepare(house: House, outgoing_port: int) -> None:
    environment = os.environ | {
        "DATABASE_URL": running_database_url(house.data),
        "DATA": str(house.data),
        "DJANGO_SETTINGS_MODULE": "haoke.config.settings",
    }
    subprocess.run([sys.executable, "-c", PREPARE, str(outgoing_port)], env=environment, check=True)


def kill(house: House, name: str) -> None:
    """kill -9 of the named process, as soon as there is one to kill."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for process in json.loads((house.data / "up.json").read_text())["processes"]:
            if process["name"] == name and process["pid"]:
                # It may just be coming back from the kill before, under a number not written down yet.
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process["pid"], signal.SIGKILL)
                    return
        time.sleep(0.1)
    raise AssertionError(f"{name} never came back")


def wait_until_settled(house: House) -> None:
    """Until every job is done; jobs of a killed worker come back when its heartbeat is missed."""
    deadline = time.monotonic() + 150
    waiting = None
    while time.monotonic() < deadline:
        with database(house) as connection:
            waiting = connection.execute(
                "SELECT task_name, status FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                " AND task_name NOT LIKE 'core.%'"
            ).fetchall()
        if not waiting:
            return
        time.sleep(1)
    raise AssertionError(f"still waiting: {waiting}")


@contextmanager
def database(house: House) -> Iterator[psycopg.Connection]:
    url = running_database_url(house.data)
    assert url
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
