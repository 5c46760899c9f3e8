"""Closed conversations of real customers, with an outgoing server on loopback that takes the survey mails."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from haoke.channels.services import create_channel
from haoke.conversations import services as conversations
from haoke.core.actor import Actor
from haoke.customers import services as archive
from haoke.quality import queries, services
from haoke.quality.models import SurveyAnswer
from haoke.timeline.models import Entry


@dataclass(frozen=True)
class SurveyMail:
    headers: EmailMessage
    text: str
    token: str


class Outbox:
    """The mails that really left, in order."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 2.0.0 Taken"

    def surveys(self) -> list[SurveyMail]:
        """Those that ask for a score."""
        texts = [(mail, mail.get_body(("plain",)).get_content()) for mail in self.mails]
        links = [(mail, text, re.search(r"/s/([\w-]{43})\s", text)) for mail, text in texts]
        return [SurveyMail(mail, text, link.group(1)) for mail, text, link in links if link]


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    outbox = Outbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        outbox.port = free.getsockname()[1]
    controller = Controller(outbox, hostname="127.0.0.1", port=outbox.port, enable_SMTPUTF8=True)
    controller.start()
    yield outbox
    controller.stop()


@pytest.fixture
def channel(team, system, outbox):
    return create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=outbox.port,
        outgoing_security="none",
        by=system,
    )


@pytest.fixture
def create_customer(system) -> Callable[..., object]:
    """Opens an archive with a mail address of its own."""
    created = 0

    def create(name: str = "陈先生", **details: object) -> object:
        nonlocal created
        created += 1
        points = [("mail", f"customer{created}@customer.example", "")]
        return archive.register_customer(kind="person", name=name, contact_points=points, by=system, **details)

    return create


@pytest.fixture
def customer(create_customer):
    return create_customer(language="zh-hans")


@pytest.fixture
def converse(channel, agent, run_jobs) -> Callable[..., object]:
    """A conversation in which we wrote to the customer; it is not closed yet."""

    def begin(customer: object, *, by: Actor = agent) -> object:
        conversation = conversations.start_conversation(
            customer_id=customer.pk, subject="保养预约", text="您好,周三上午可以吗?", channel_id=channel.pk, by=by
        )
        run_jobs()
        return conversation

    return begin


@pytest.fixture
def close(converse, agent, run_jobs) -> Callable[..., object]:
    """A conversation that was answered and closed, and what followed from that."""

    def finish(customer: object, *, by: Actor = agent) -> object:
        conversation = converse(customer, by=by)
        conversations.close_conversation(conversation_id=conversation.pk, by=by)
        run_jobs()
        return conversation

    return finish


@dataclass(frozen=True)
class Asked:
    """A customer who holds a link."""

    customer: object
    conversation: object
    token: str

    @property
    def path(self) -> str:
        return f"/s/{self.token}"

    def answer(self, score: int, comment: str = "") -> SurveyAnswer:
        survey = queries.survey_by_token(self.token)
        by = Actor.customer(survey.customer_id, survey.customer_name)
        return services.answer_survey(token=self.token, score=score, comment=comment, by=by)


@pytest.fixture
def ask(close, create_customer, outbox) -> Callable[..., Asked]:
    """Closes a conversation of a customer and takes the link out of the mail that arrives."""

    def send(customer: object | None = None, **how: object) -> Asked:
        customer = customer or create_customer(language="en")
        conversation = close(customer, **how)
        return Asked(customer, conversation, outbox.surveys()[-1].token)

    return send


@pytest.fixture
def asked(ask, customer) -> Asked:
    return ask(customer)


@pytest.fixture
def facts_of(db) -> Callable[[str], list[dict]]:
    """The payloads of the facts of a kind, oldest first."""

    def recorded(kind: str) -> list[dict]:
        return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("payload", flat=True))

    return recorded
