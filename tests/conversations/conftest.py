"""A mailbox, and mails that arrive at it the way real ones do."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from haoke.channels import services as mail
from haoke.channels.services import create_channel
from haoke.conversations.models import Message

CUSTOMER = "chen@customer.example"


@pytest.fixture
def channel(team, system):
    return create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=9,
        outgoing_security="none",
        by=system,
    )


@pytest.fixture
def letter() -> Callable[..., EmailMessage]:
    """A plain mail; keyword arguments set headers, underscores standing for hyphens."""
    count = 0

    def write(text: str = "请问我的订单什么时候到?", *, subject: str = "订单查询", **headers: str) -> EmailMessage:
        nonlocal count
        count += 1
        message = EmailMessage()
        message["From"] = headers.pop("From", f"陈先生 <{CUSTOMER}>")
        message["To"] = headers.pop("To", "support@haoke.example")
        message["Subject"] = subject
        message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0800"
        message["Message-ID"] = headers.pop("Message_ID", f"<letter{count}@customer.example>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        return message

    return write


@pytest.fixture
def arrive(channel, run_jobs) -> Callable[..., Message | None]:
    """Lets a mail be accepted and the jobs run; returns the message it became."""

    def deliver(message: EmailMessage | bytes) -> Message | None:
        raw = message if isinstance(message, bytes) else message.as_bytes()
        inbound = mail.store_inbound(raw=raw, envelope_from=CUSTOMER, envelope_to=["support@haoke.example"])
        run_jobs()
        return Message.objects.filter(inbound_id=inbound.pk).first()

    return deliver
