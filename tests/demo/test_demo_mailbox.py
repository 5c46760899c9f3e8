"""A real round trip: what we send arrives at the playing customer, what the customer writes arrives with us."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from haoke.channels import listener
from haoke.channels.models import InboundMail
from haoke.channels.services import create_channel
from haoke.conversations import services as conversations
from haoke.conversations.models import Conversation, Message
from haoke.core.errors import NotFound
from haoke.demo import mailbox, services
from haoke.demo.errors import MailPutOff
from haoke.demo.models import CustomerMail
from haoke.demo.rules import Upload

pytestmark = pytest.mark.django_db(transaction=True)

CUSTOMER = "gu.lan@customer.example"
SUPPORT = "support@haoke.example"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(serve: Callable[[], object], port: int) -> Iterator[None]:
    """Serves in a loop of its own, as the listener's process does, until the test is over."""
    loop = asyncio.new_event_loop()
    serving = asyncio.Event()

    async def live() -> None:
        task = asyncio.ensure_future(serve())
        await serving.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await loop.shutdown_default_executor()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),))
    thread.start()
    try:
        for _try in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.02)
        yield
    finally:
        loop.call_soon_threadsafe(serving.set)
        thread.join()
        loop.close()


@pytest.fixture
def ports(settings) -> tuple[int, int]:
    ours, theirs = free_port(), free_port()
    settings.ENV = replace(django_settings.ENV, smtp_port=ours, demo_smtp_port=theirs)
    return ours, theirs


@pytest.fixture
def customers_servers(ports) -> Iterator[int]:
    with running(lambda: mailbox.serve("127.0.0.1", ports[1]), ports[1]):
        yield ports[1]


@pytest.fixture
def our_door(ports) -> Iterator[int]:
    with running(lambda: listener.serve("127.0.0.1", ports[0], stopping=asyncio.Event()), ports[0]):
        yield ports[0]


@pytest.fixture
def channel(team, system, ports) -> object:
    return create_channel(
        name="Support",
        address=SUPPORT,
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=ports[1],
        outgoing_security="none",
        by=system,
    )


def write(text: str = "机器不出水，请帮忙看看。", **named: object) -> CustomerMail:
    values = {"mailbox": CUSTOMER, "name": "顾兰", "recipient": SUPPORT, "subject": "不出水", "text": text}
    return services.write_mail(**{**values, **named})


def test_a_mail_goes_out_comes_back_and_stays_one_conversation(our_door, customers_servers, channel, agent, run_jobs):
    """S0-02, S1-04: written with a file, answered, and the customer's answer threads by its headers."""
    mail = write(uploads=[Upload("照片.png", "image/png", b"\x89PNG\r\n\x1a\n")])
    run_jobs()
    mail.refresh_from_db()
    assert (mail.state, mail.failure) == ("sent", "")
    conversation = Conversation.objects.get(sender_address=CUSTOMER)
    assert Message.objects.get(direction="in").attachments.count() == 1

    conversations.reply(conversation_id=conversation.pk, text="您好，请先看一下总阀。", by=agent)
    run_jobs()
    answer = CustomerMail.objects.filter(direction="in").order_by("pk").last()
    assert answer.text.startswith("您好，请先看一下总阀。")
    assert (answer.thread, answer.in_reply_to != "") == (mail.thread, True)

    second = write("总阀是开着的。", subject="Re: anything at all", answers_id=answer.pk)
    run_jobs()
    assert second.in_reply_to == answer.message_id
    assert Conversation.objects.count() == 1
    said = Message.objects.filter(direction="in").order_by("pk").last()
    assert (said.text, answer.text.splitlines()[0] in said.quoted_text) == ("总阀是开着的。", True)


def test_our_server_refusing_is_shown_with_its_words(our_door, channel, run_jobs) -> None:
    mail = write(recipient="nobody@haoke.example")
    run_jobs()
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert mail.failure.startswith("550")
    assert not InboundMail.objects.exists()


def test_while_our_server_is_away_the_mail_waits(channel, ports) -> None:
    mail = write()
    with pytest.raises(MailPutOff):
        services.send_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.failure != "") == ("queued", True)


@pytest.mark.parametrize(("address", "code"), [("refused@customer.example", 550), ("BUSY@customer.example", 451)])
def test_two_addresses_show_what_a_refusal_looks_like(customers_servers, address: str, code: int) -> None:
    with smtplib.SMTP("127.0.0.1", customers_servers) as smtp, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        smtp.sendmail(SUPPORT, [address], b"Subject: x\r\n\r\nx")
    assert refusal.value.recipients[address][0] == code
    assert not CustomerMail.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0\0\0", b"\xff\xfe no header at all", b"Subject: =?gb2312?B?////?=\r\nFrom: \xb3\xc2\r\n\r\n\xb3\xc2\0"],
    ids=["empty", "nul", "no-header", "raw-8-bit"],
)
def test_bad_input_is_kept_and_the_server_lives_on(customers_servers, raw: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", customers_servers) as smtp:
        smtp.sendmail(SUPPORT, [CUSTOMER, f"second-{CUSTOMER}"], raw)
        smtp.sendmail(SUPPORT, [CUSTOMER], b"Subject: fine\r\n\r\nfine")
    assert CustomerMail.objects.filter(mailbox=CUSTOMER).count() == 2
    assert CustomerMail.objects.get(mailbox=CUSTOMER, subject="fine").text.strip() == "fine"


def test_nothing_is_acknowledged_that_could_not_be_kept(customers_servers, monkeypatch) -> None:
    def broken(**_named: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(services, "keep_mail", broken)
    with smtplib.SMTP("127.0.0.1", customers_servers) as smtp, pytest.raises(smtplib.SMTPDataError) as refusal:
        smtp.sendmail(SUPPORT, [CUSTOMER], b"Subject: x\r\n\r\nx")
    assert refusal.value.smtp_code == 451


def test_a_mail_of_nobody_is_not_sent(db) -> None:
    with pytest.raises(NotFound):
        services.send_mail(404)
