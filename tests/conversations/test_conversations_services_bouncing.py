"""A mail of ours that comes back lands on its message and asks somebody, and opens no conversation of its own."""

from __future__ import annotations

import pytest

from haoke.channels.models import InboundMail, OutboundMail
from haoke.conversations import queries, services
from haoke.conversations.models import Conversation, Message
from haoke.worklist import queries as worklist

pytestmark = pytest.mark.django_db

BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.customer.example>
To: support@haoke.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.customer.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.example

Final-Recipient: rfc822; chen@customer.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822

From: support@haoke.example
To: chen@customer.example
Subject: Re
Message-ID: {message_id}

text
--b--
"""


@pytest.fixture
def reply(arrive, letter, agent):
    conversation = arrive(letter()).conversation
    message = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    OutboundMail.objects.filter(pk=message.outbound_id).update(
        state="sent", sent_at=message.at, delivered_to=message.recipients
    )
    return message


def test_a_bounce_lands_on_its_message(reply, arrive, agent, client_of) -> None:
    assert arrive(BOUNCE.format(message_id=reply.header_id).encode()) is None
    inbound = InboundMail.objects.latest("pk")
    assert (inbound.state, inbound.reason, inbound.became_id) == ("ignored", "bounce", reply.outbound_id)
    [read] = [each for each in queries.messages_of(reply.conversation_id) if each.message.pk == reply.pk]
    assert read.mail_state.state == "refused"
    assert "no such user" in str(read.mail_state.refusals["chen@customer.example"])
    assert [todo.kind for todo in worklist.open_items(agent)] == ["mail_undelivered"]
    assert (Conversation.objects.count(), Message.objects.filter(direction="in").count()) == (1, 1)
    assert "Refused" in client_of(agent).get(f"/inbox/{reply.conversation_id}").content.decode()


def test_a_bounce_of_a_mail_that_is_not_ours_changes_nothing(reply, arrive, agent) -> None:
    """Our Message-IDs are signed, so a made-up one speaks about nothing."""
    arrive(BOUNCE.format(message_id="<hk.1.1.00000000000000000000@haoke.example>").encode())
    assert OutboundMail.objects.get(pk=reply.outbound_id).state == "sent"
    assert worklist.open_items(agent) == []
    assert Conversation.objects.count() == 1
