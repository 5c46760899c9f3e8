"""Conversations that were answered and solved at moments one can count with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from haoke.channels import services as mail
from haoke.channels.services import create_channel
from haoke.conversations import queries, services
from haoke.conversations.models import Conversation, Message
from haoke.core.actor import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A moment of the house: "23 10:30" is in November 2026."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def period(first: str, last: str) -> queries.Period:
    return queries.Period(at(first), at(last))


MONDAY = ("23 00:00", "24 00:00")


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
        acknowledges=False,
        by=system,
    )


@pytest.fixture
def arrives(frozen, channel) -> Callable[..., Conversation]:
    """A customer writes at a moment; of the mailbox's team unless told."""
    arrived = 0

    def write(when: str, *, team_id: int | None = None, subject: str = "订单查询") -> Conversation:
        nonlocal arrived
        arrived += 1
        frozen.move_to(at(when))
        sender = f"c{arrived}@customer.example"
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = sender, "support@haoke.example", subject
        letter["Message-ID"] = f"<{arrived}@customer.example>"
        letter.set_content(f"请问 {arrived}")
        inbound = mail.store_inbound(raw=letter.as_bytes(), envelope_from=sender, envelope_to=["support@haoke.example"])
        services.receive_mail(inbound_id=inbound.pk)
        conversation = Message.objects.get(inbound_id=inbound.pk).conversation
        if team_id is not None:
            services.assign(conversation_id=conversation.pk, assignee_id=None, team_id=team_id, by=Actor.system())
        return conversation

    return write


@pytest.fixture
def answers(frozen) -> Callable[..., None]:
    """A colleague replies at a moment, and perhaps solves it with that."""

    def reply(conversation: Conversation, when: str, *, by: Actor, state: str = "") -> None:
        frozen.move_to(at(when))
        services.reply(conversation_id=conversation.pk, text="好的", state=state, by=by)

    return reply


@pytest.fixture
def monday(frozen, arrives, answers, agent, other_agent, other_team) -> dict[str, Conversation]:
    """Four conversations of Monday, of two teams, as the tests below count them."""
    quick = arrives("23 10:00")
    answers(quick, "23 10:30", by=agent)
    frozen.move_to(at("23 11:00"))
    services.close_conversation(conversation_id=quick.pk, by=agent)

    slow = arrives("23 10:01")
    answers(slow, "23 11:01", by=agent)
    answers(slow, "23 14:00", by=agent, state="solved")
    frozen.move_to(at("23 15:00"))
    services.reopen_conversation(conversation_id=slow.pk, note="还没好", by=agent)

    other = arrives("23 10:02", team_id=other_team.pk)
    answers(other, "23 10:12", by=other_agent)
    waiting = arrives("23 16:00", team_id=other_team.pk)
    frozen.move_to(at("23 17:00"))
    return {"quick": quick, "slow": slow, "other": other, "waiting": waiting}
