"""What happens when two do it at once: one archive, one message, one closing."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections

from haoke.channels import services as mail
from haoke.conversations import errors, services
from haoke.conversations.models import Closure, Conversation, Message
from haoke.customers.models import ContactPoint, Customer

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[type[Exception] | None]:
    """Runs all at the same moment, each on a connection of its own; returns what each raised."""
    raised: list[type[Exception] | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            raised[place] = type(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


@pytest.fixture
def stored(channel, letter) -> Callable[..., int]:
    def keep(**headers: str) -> int:
        raw = letter(**headers).as_bytes()
        return mail.store_inbound(raw=raw, envelope_from="", envelope_to=["support@haoke.example"]).pk

    return keep


def test_first_mails_of_one_sender_at_once_open_one_archive(stored) -> None:
    ids = [stored(subject=f"第{number}封", From="new@customer.example") for number in range(4)]

    raised = together(*(partial(services.receive_mail, inbound_id=each) for each in ids))

    assert raised == [None] * 4
    assert ContactPoint.objects.filter(normalised="new@customer.example").count() == 1
    assert set(Conversation.objects.values_list("customer_id", flat=True)) == {Customer.objects.get().pk}


def test_registering_the_sender_at_once_or_again_opens_one_archive(stored, channel, agent) -> None:
    channel.registers_senders = False
    channel.save()
    services.receive_mail(inbound_id=stored(From="new@customer.example"))
    conversation = Conversation.objects.get()
    register = partial(services.register_sender, conversation_id=conversation.pk, by=agent)

    assert together(register, register, register) == [None] * 3
    assert register().customer_id == Customer.objects.get().pk


def test_one_form_sent_at_once_writes_one_message_and_one_closing_closes(stored, agent) -> None:
    services.receive_mail(inbound_id=stored())
    conversation = Conversation.objects.get()
    reply = partial(services.reply, conversation_id=conversation.pk, text="明天送到", submission=uuid.uuid4(), by=agent)
    assert together(reply, reply, reply) == [None] * 3
    assert Message.objects.filter(direction="out", is_automatic=False).count() == 1

    version = Conversation.objects.get().version
    close = partial(services.close_conversation, conversation_id=conversation.pk, version=version, by=agent)
    assert sorted(together(close, close), key=str) == [errors.VersionConflict, None]
    assert Closure.objects.count() == 1
