"""The mail listener as a process: killed, what it accepted is there and nothing is doubled; asked to stop, it goes."""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from haoke.channels import services
from haoke.channels.choices import InboundState
from haoke.channels.models import InboundMail

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 4
NEEDED_BEFORE_THE_KILL = 25


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listener_process(port: int) -> Iterator[subprocess.Popen[bytes]]:
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(database['HOST'], safe='')}"
    if database["PASSWORD"] or database["PORT"]:
        url = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environ = os.environ | {
        "DATABASE_URL": url,
        "HAOKE_SMTP_PORT": str(port),
        "HAOKE_DEMO_SMTP_PORT": str(_free_port()),
    }
    command = [sys.executable, "-c", "from haoke.config.listener import main; main()"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    try:
        patience = time.monotonic() + 20
        while time.monotonic() < patience:
            try:
                smtplib.SMTP("127.0.0.1", port, timeout=5).quit()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def _mail(number: int) -> bytes:
    head = f"From: wang@customer.example\r\nMessage-ID: <{number}@customer.example>\r\nSubject: {number}\r\n"
    return f"{head}\r\n{number}\r\n".encode()


def _send(port: int, number: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        smtp.sendmail("wang@customer.example", ["service@haoke.example"], _mail(number))


def test_nothing_accepted_is_lost_or_doubled_by_a_kill(channel, facts_of):
    """Issue, Bad input: kill -9 of each process at any moment."""
    port, accepted, unanswered = _free_port(), set(), set()

    def keep_sending(first: int) -> None:
        for number in range(first, 10_000, SENDERS):
            try:
                _send(port, number)
                accepted.add(number)
            except (OSError, smtplib.SMTPException):
                unanswered.add(number)
                return

    with listener_process(port) as process:
        senders = [threading.Thread(target=keep_sending, args=(each,)) for each in range(SENDERS)]
        for sender in senders:
            sender.start()
        while len(accepted) < NEEDED_BEFORE_THE_KILL and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        for sender in senders:
            sender.join(15)
    with listener_process(port):
        for number in sorted(unanswered):
            _send(port, number)

    stored = list(InboundMail.objects.order_by("pk").values_list("pk", flat=True))
    assert sorted(each["inbound_id"] for each in facts_of("mail.stored")) == stored
    for inbound_id in stored:
        with transaction.atomic():
            received = services.read_inbound(inbound_id)
            is_new = received.duplicate_of is None
            state, reason = (InboundState.PROCESSED, "") if is_new else (InboundState.IGNORED, "duplicate")
            services.finish_inbound(inbound_id, state=state, reason=reason)
    counted = InboundMail.objects.filter(state=InboundState.PROCESSED).values_list("subject", flat=True)
    assert sorted(int(each) for each in counted) == sorted(accepted | unanswered)


def test_asked_to_stop_it_goes_and_on_a_taken_port_it_says_so(channel):
    port = _free_port()
    with listener_process(port) as process:
        with listener_process(port) as second:
            assert second.wait(20) == 2
        process.terminate()
        assert process.wait(10) == 0
