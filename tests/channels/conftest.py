"""A mailbox, and a real outgoing server on loopback that accepts, refuses, postpones or hangs up as a test tells it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from haoke.channels import services
from haoke.channels.choices import OutgoingSecurity


class OutgoingServer:
    """What it was given stands in `mails`; what it answers is set by the test."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.sender_answer = ""
        self.answers: dict[str, str] = {}
        self.data_answer = "250 2.0.0 Taken"
        self.hangs_up = False
        self.sign_ins: list[tuple[bytes, bytes]] = []
        self.password = b""
        self.port = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.sender_answer or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            server.transport.abort()
            return "250 never heard"
        if self.data_answer.startswith("250"):
            self.mails.append(envelope)
        return self.data_answer

    def sign_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        self.sign_ins.append((data.login, data.password))
        return AuthResult(success=data.password == self.password, handled=False)


@pytest.fixture
def outgoing() -> Iterator[OutgoingServer]:
    outgoing = OutgoingServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        outgoing.port = probe.getsockname()[1]
    controller = Controller(
        outgoing,
        hostname="127.0.0.1",
        port=outgoing.port,
        enable_SMTPUTF8=True,
        authenticator=outgoing.sign_in,
        auth_require_tls=False,
    )
    controller.start()
    yield outgoing
    controller.stop()


@pytest.fixture
def create_channel(team, system) -> Callable[..., object]:
    """Opens a mailbox; only what a test cares about has to be named."""

    def create(**named: object) -> object:
        values = {
            "name": "客户服务",
            "address": "service@haoke.example",
            "display_name": "好客客户服务",
            "team_id": team.pk,
            "outgoing_host": "127.0.0.1",
            "outgoing_port": 2599,
            "outgoing_security": OutgoingSecurity.NONE,
            "by": system,
        }
        return services.create_channel(**{**values, **named})

    return create


@pytest.fixture
def channel(create_channel) -> object:
    return create_channel()


@pytest.fixture
def queue_mail(channel, system) -> Callable[..., object]:
    """Queues a mail of ours in conversation 42."""

    def queue(**named: object) -> object:
        values = {
            "channel_id": channel.pk,
            "conversation_id": 42,
            "recipients": ["wang@customer.example"],
            "subject": "回复:退款",
            "text": "您好,退款已经办好。",
            "by": system,
        }
        return services.queue_mail(**{**values, **named})

    return queue


@pytest.fixture
def jobs_of(db) -> Callable[[str], list[dict]]:
    """The arguments of the waiting jobs of a name."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    def waiting(name: str) -> list[dict]:
        return [each.args for each in ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("pk")]

    return waiting


@pytest.fixture
def facts_of(db) -> Callable[[str], list[dict]]:
    """The payloads of the facts of a kind, oldest first."""
    from haoke.timeline.models import Entry

    def recorded(kind: str) -> list[dict]:
        return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("payload", flat=True))

    return recorded
