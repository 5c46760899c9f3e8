"""Two workers ring at the same moment: every breach is told once, and who works meanwhile is not held up."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction

from haoke.channels import services as mail
from haoke.conversations import services
from haoke.conversations.models import Clock, Conversation
from haoke.core import clock
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN = 12


@pytest.fixture
def overdue(channel, letter) -> list[Conversation]:
    for number in range(WRITTEN):
        raw = letter(From=f"{number}@customer.example").as_bytes()
        inbound = mail.store_inbound(raw=raw, envelope_from="", envelope_to=["support@haoke.example"])
        services.receive_mail(inbound_id=inbound.pk)
    return list(Conversation.objects.order_by("pk"))


def at_once(*acts) -> None:
    start = threading.Barrier(len(acts))
    raised: list[BaseException] = []

    def run(act) -> None:
        start.wait()
        try:
            # The clock is held for one thread, so each holds its own, long after every deadline.
            with clock.held(clock.now() + timedelta(days=60)):
                act()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert raised == []


def breaches() -> int:
    return Entry.objects.filter(kind="clock.breached").count()


def test_two_workers_tell_every_breach_once(overdue, monkeypatch) -> None:
    from haoke.conversations.services.clocks import ringing

    monkeypatch.setattr(ringing, "BATCH", 3)
    at_once(services.ring, services.ring, services.ring)
    with clock.held(clock.now() + timedelta(days=60)):
        services.ring()
    # A first response and a resolution each.
    assert breaches() == Clock.objects.exclude(breached_at=None).count() == 2 * WRITTEN


def test_an_answer_at_the_same_moment_is_told_once_too(overdue, agent) -> None:
    answer = partial(services.reply, conversation_id=overdue[0].pk, text="明天送到", by=agent)
    at_once(services.ring, answer, services.ring)
    with clock.held(clock.now() + timedelta(days=60)):
        services.ring()
    assert breaches() == 2 * WRITTEN
    assert Clock.objects.get(conversation=overdue[0], kind="first_response").outcome == "missed"


def test_ringing_leaves_a_conversation_that_somebody_works_on(overdue) -> None:
    with transaction.atomic():
        Conversation.objects.select_for_update().get(pk=overdue[0].pk)
        at_once(services.ring)
    told = set(Entry.objects.filter(kind="clock.breached").values_list("subject_id", flat=True))
    assert told == {each.pk for each in overdue[1:]}
