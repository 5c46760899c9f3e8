"""Mail from senders nobody can answer, or with ids nobody should write, is filed and answered all the same."""

from __future__ import annotations

import pytest

from haoke.channels import services as mail
from haoke.channels.models import InboundMail, OutboundMail
from haoke.conversations import services
from haoke.conversations.models import Message

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "sender",
    [
        "nobody",
        "<>",
        "a b@customer.example",
        "陈@客户.example",
        "x@@customer.example",
        "chen@",
        "@customer.example",
        f"{'x' * 300}@customer.example",
        "chen@localhost",
        '"a\\"b"@customer.example',
    ],
)
def test_an_address_that_cannot_be_answered_holds_nothing_up(arrive, sender) -> None:
    """The acknowledgement and the survey are courtesies: neither may cost a mail its place in the inbox."""
    arrive(f"From: {sender}\nTo: support@haoke.example\nSubject: odd\nMessage-ID: <o@x.example>\n\nhello\n".encode())
    inbound = InboundMail.objects.get()
    assert (inbound.state, inbound.failure) == ("processed", "")
    assert Message.objects.filter(inbound=inbound).exists()


def test_an_answer_address_that_is_none_holds_nothing_up(arrive, letter, agent, run_jobs) -> None:
    message = arrive(letter(Reply_To="not an address"))
    assert message is not None
    services.write_note(conversation_id=message.conversation_id, text="看过了", by=agent)
    services.log_call(conversation_id=message.conversation_id, text="已致电", direction="out", by=agent)
    services.close_conversation(conversation_id=message.conversation_id, by=agent)
    run_jobs()


@pytest.mark.parametrize(
    "message_id", ["garbage with spaces", "<中文@客户.example>", "<a@b> <c@d>", "<" + "x" * 1500 + "@y>", ""]
)
def test_a_strange_message_id_does_not_stop_our_answer(arrive, agent, message_id) -> None:
    raw = f"From: chen@customer.example\nTo: support@haoke.example\nSubject: s\nMessage-ID: {message_id}\n\nhello\n"
    conversation = arrive(raw.encode()).conversation
    reply = services.reply(conversation_id=conversation.pk, text="好的", by=agent)
    assert mail.begin_delivery(reply.outbound_id) is not None
    assert OutboundMail.objects.get(pk=reply.outbound_id).cause == ""
