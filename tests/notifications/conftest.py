"""Conversations of a team, colleagues who look after them, and a mail server on loopback that takes the letters."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from haoke.channels import services as mail
from haoke.channels.services import create_channel
from haoke.conversations import services as conversations
from haoke.conversations.models import Conversation, Message
from haoke.core.actor import Actor
from haoke.notifications import services
from haoke.notifications.models import Notification
from haoke.timeline.facts import Fact
from haoke.timeline.services import record


class Postman:
    """The server that takes our mails; an address in `refused` is sent away for good."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.port = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 2.0.0 Taken"

    def letters(self) -> list[EmailMessage]:
        """Those that tell a colleague what happened."""
        return [each for each in self.mails if "/notifications/" in body_of(each)]


def body_of(mail: EmailMessage, kind: str = "plain") -> str:
    return mail.get_body((kind,)).get_content()


@pytest.fixture
def postman() -> Iterator[Postman]:
    postman = Postman()
    with socket.create_server(("127.0.0.1", 0)) as free:
        postman.port = free.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=postman.port, enable_SMTPUTF8=True)
    controller.start()
    yield postman
    controller.stop()


@pytest.fixture
def channel(team, system, postman):
    return create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=postman.port,
        outgoing_security="none",
        acknowledges=False,
        by=system,
    )


@pytest.fixture
def colleague(create_actor, team) -> Actor:
    """A second agent of the same team."""
    return create_actor("agent", team_ids=(team.pk,), name="Colleague")


@pytest.fixture
def arrive(channel, run_jobs) -> Callable[..., Message]:
    """A mail of the so-many-th customer arrives, the first of its thread or one more in it."""
    arrived = 0

    def deliver(number: int, *, subject: str = "空调不制冷", answers: str = "") -> Message:
        nonlocal arrived
        arrived += 1
        letter = EmailMessage()
        letter["From"], letter["To"] = f"陈{number} <c{number}@customer.example>", "support@haoke.example"
        letter["Subject"], letter["Message-ID"] = subject, f"<{arrived}@customer.example>"
        if answers:
            letter["In-Reply-To"] = answers
        letter.set_content(f"请尽快处理 {arrived}")
        sender, to = f"c{number}@customer.example", ["support@haoke.example"]
        inbound = mail.store_inbound(raw=letter.as_bytes(), envelope_from=sender, envelope_to=to)
        run_jobs()
        return Message.objects.get(inbound_id=inbound.pk)

    return deliver


@pytest.fixture
def begin(arrive, agent, team, system, run_jobs) -> Callable[..., Conversation]:
    """A customer writes for the first time, and the agent is to answer, unless nobody is; nobody was told of it."""
    begun = 0

    def start(*, subject: str = "空调不制冷", is_assigned: bool = True) -> Conversation:
        nonlocal begun
        begun += 1
        conversation = arrive(begun, subject=subject).conversation
        if not is_assigned:
            return conversation
        conversations.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=team.pk, by=system)
        run_jobs()
        Notification.objects.filter(recipient_id=agent.id).delete()
        conversation.refresh_from_db()
        return conversation

    return start


@pytest.fixture
def conversation(begin) -> Conversation:
    return begin()


@pytest.fixture
def answer(arrive) -> Callable[[Conversation], Message]:
    """The customer writes once more."""

    def write(conversation: Conversation) -> Message:
        first = Message.objects.filter(conversation=conversation, direction="in").earliest("pk")
        number = int(conversation.sender_address.partition("@")[0].removeprefix("c"))
        return arrive(number, answers=first.header_id)

    return write


@pytest.fixture
def happens(db) -> Callable[..., list[Notification]]:
    """Records a fact about a conversation, as its own room would, and lets notifications react to it alone."""

    def let(fact: type[Fact], conversation: Conversation, *, by: Actor, **details: Any) -> list[Notification]:
        entry_id = record(fact(conversation_id=conversation.pk, customer_id=conversation.customer_id, **details), by=by)
        return services.notify(entry_id=entry_id)

    return let


@pytest.fixture
def told(db) -> Callable[[Actor], list[str]]:
    """The kinds of what an actor was told of, oldest first."""

    def kinds(actor: Actor) -> list[str]:
        return list(Notification.objects.filter(recipient_id=actor.id).order_by("pk").values_list("kind", flat=True))

    return kinds
