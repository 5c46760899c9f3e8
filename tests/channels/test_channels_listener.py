"""Taking mail in over a real socket: what is accepted is committed, all else is answered so that nothing is lost."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from haoke.channels import listener, queries, services
from haoke.channels.models import InboundMail

pytestmark = pytest.mark.django_db(transaction=True)

MAIL = "From: wang@customer.example\r\nSubject: 退款\r\n\r\n您好\r\n".encode()
SENDER, MAILBOX = "wang@customer.example", "service@haoke.example"


class Running:
    """The listener in a thread of its own, as it runs in its process."""

    def __init__(self) -> None:
        self.port = 0
        self.is_ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        self.loop, self.stopping = asyncio.get_running_loop(), asyncio.Event()
        await listener.serve("127.0.0.1", 0, stopping=self.stopping, ready=self._note_port)

    def _note_port(self, port: int) -> None:
        self.port = port
        self.is_ready.set()

    def __enter__(self) -> Running:
        self.thread.start()
        assert self.is_ready.wait(5)
        return self

    def ask_to_stop(self) -> None:
        self.loop.call_soon_threadsafe(self.stopping.set)

    def __exit__(self, *_trouble: object) -> None:
        if self.thread.is_alive():
            self.ask_to_stop()
        self.thread.join(15)
        assert not self.thread.is_alive()


@pytest.fixture
def running(channel) -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def smtp(running) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", running.port, timeout=10) as smtp:
        yield smtp


def kept() -> list[bytes]:
    return [bytes(each.raw) for each in InboundMail.objects.defer(None).order_by("pk")]


def test_an_accepted_mail_is_committed_with_its_fact_before_we_say_so(smtp, channel, facts_of):
    """S0-02: 250 after commit (RULINGS); the test's own connection sees only what is committed."""
    assert smtp.sendmail(SENDER, [MAILBOX], MAIL) == {}
    (inbound,) = InboundMail.objects.all()
    assert (inbound.envelope_from, inbound.envelope_to, inbound.channel) == (SENDER, [MAILBOX], channel)
    assert kept() == [MAIL]
    assert [each["inbound_id"] for each in facts_of("mail.stored")] == [inbound.pk]


def test_the_greeting_names_neither_machine_nor_software(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as line:
        assert line.recv(200) == b"220 Haoke ESMTP\r\n"
        line.sendall(b"EHLO customer.example\r\nQUIT\r\n")
        answer = line.makefile("rb").read().decode()
    assert "250-SIZE 52428800" in answer
    assert "250-8BITMIME" in answer
    assert "SMTPUTF8" in answer
    assert socket.gethostname() not in answer
    assert "AUTH" not in answer
    assert "ython" not in answer


@pytest.mark.parametrize(
    ("recipient", "code"),
    [
        (MAILBOX, 250),
        ("SERVICE+hk.42@Haoke.Example", 250),
        ("nobody@haoke.example", 550),
        ("service@elsewhere.example", 550),
        ("客服@haoke.example", 550),
    ],
)
def test_only_mailboxes_of_ours_are_accepted(smtp, recipient, code):
    smtp.ehlo()
    smtp.mail(SENDER, ["smtputf8"])
    answer, words = smtp.rcpt(recipient)
    assert answer == code
    assert code == 250 or words.startswith(b"5.1.1")


def test_a_bounce_with_its_empty_sender_is_taken(smtp):
    smtp.sendmail("", [MAILBOX], MAIL)
    assert InboundMail.objects.get().envelope_from == ""


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: \xcd\xcb\xbf\xee\r\n\r\nraw 8 bit, \x00 and \xff\r\n",
        b"\r\n..leading dots\r\n.\x01\r\n. \r\n",
        b"Subject: one line\r\n\r\n" + b"x" * 300_000 + b"\r\n",
        b"\r\n",
    ],
)
def test_strange_contents_are_kept_byte_by_byte(smtp, content):
    smtp.sendmail(SENDER, [MAILBOX], content)
    assert kept() == [content]


def test_an_envelope_of_broken_bytes_is_kept_as_far_as_a_database_can(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as line:
        reader = line.makefile("rb")
        reader.readline()
        for command in (
            b"EHLO x",
            b"MAIL FROM:<\xcd\xcb@customer.example> SMTPUTF8",
            b"RCPT TO:<service@haoke.example>",
        ):
            line.sendall(command + b"\r\n")
            while (answer := reader.readline())[3:4] == b"-":
                pass
            assert answer.startswith(b"250")
        line.sendall(b"DATA\r\n")
        reader.readline()
        line.sendall(MAIL + b".\r\n")
        assert reader.readline().startswith(b"250")
    assert InboundMail.objects.get().envelope_from == "\ufffd\ufffd@customer.example"


def test_a_mail_too_large_is_refused_when_announced_and_when_it_comes(channel, monkeypatch):
    monkeypatch.setattr(listener, "MOST_BYTES", 10_000)
    with Running() as running, smtplib.SMTP("127.0.0.1", running.port, timeout=10) as smtp:
        smtp.ehlo()
        assert smtp.mail(SENDER, ["size=10001"])[0] == 552
        smtp.mail(SENDER)
        smtp.rcpt(MAILBOX)
        assert smtp.data(b"x\r\n" * 5_000)[0] == 552
        assert InboundMail.objects.count() == 0
        smtp.sendmail(SENDER, [MAILBOX], MAIL)
    assert kept() == [MAIL]


def test_a_large_mail_is_taken_whole(smtp):
    content = b"Subject: scan\r\n\r\n" + (b"A" * 76 + b"\r\n") * 150_000
    smtp.sendmail(SENDER, [MAILBOX], content)
    assert InboundMail.objects.get().size_bytes == len(content) > 10_000_000
    assert kept() == [content]


def test_at_most_a_hundred_recipients_and_the_sender_is_told_to_split(smtp):
    recipients = [f"service+{number}@haoke.example" for number in range(101)]
    refused = smtp.sendmail(SENDER, recipients, MAIL)
    assert {address: answer[0] for address, answer in refused.items()} == {recipients[100]: 452}
    assert InboundMail.objects.get().envelope_to == recipients[:100]


def test_without_the_database_the_sender_is_asked_to_come_back(smtp, monkeypatch):
    def away(*_arguments: object, **_named: object) -> None:
        raise OperationalError("server closed the connection")

    smtp.ehlo()
    with monkeypatch.context() as broken:
        broken.setattr(queries, "accepts", away)
        smtp.mail(SENDER)
        assert smtp.rcpt(MAILBOX)[0] == 451
    smtp.rset()
    with monkeypatch.context() as broken:
        broken.setattr(services, "store_inbound", away)
        with pytest.raises(smtplib.SMTPDataError) as answer:
            smtp.sendmail(SENDER, [MAILBOX], MAIL)
        assert answer.value.smtp_code == 451
    assert InboundMail.objects.count() == 0
    smtp.sendmail(SENDER, [MAILBOX], MAIL)
    assert kept() == [MAIL]


def test_a_connection_too_many_is_turned_away_politely(channel, monkeypatch):
    monkeypatch.setattr(listener, "MOST_CONNECTIONS", 1)
    with Running() as running:
        with smtplib.SMTP("127.0.0.1", running.port, timeout=5) as first:
            with pytest.raises(smtplib.SMTPConnectError) as answer:
                smtplib.SMTP("127.0.0.1", running.port, timeout=5)
            assert answer.value.smtp_code == 421
            first.sendmail(SENDER, [MAILBOX], MAIL)
        patience = time.monotonic() + 5
        while time.monotonic() < patience:
            try:
                smtplib.SMTP("127.0.0.1", running.port, timeout=5).quit()
                break
            except smtplib.SMTPConnectError:
                time.sleep(0.02)
        else:
            pytest.fail("The place of the first connection was never given free.")


def test_a_mail_under_way_is_still_answered_when_we_are_asked_to_stop(running, smtp, monkeypatch):
    is_storing, may_go_on = threading.Event(), threading.Event()
    real = services.store_inbound

    def slowly(**named: object) -> object:
        is_storing.set()
        assert may_go_on.wait(5)
        return real(**named)

    monkeypatch.setattr(services, "store_inbound", slowly)
    answers: list[object] = []
    sending = threading.Thread(target=lambda: answers.append(smtp.sendmail(SENDER, [MAILBOX], MAIL)))
    sending.start()
    assert is_storing.wait(5)
    running.ask_to_stop()
    may_go_on.set()
    sending.join(5)
    assert answers == [{}]
    assert kept() == [MAIL]
