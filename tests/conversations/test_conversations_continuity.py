"""What counts as being in touch with a customer, and what does not (S1-05, S0-56)."""

from datetime import timedelta

import pytest

from haoke.channels.models import OutboundMail
from haoke.conversations import services
from haoke.core import clock
from haoke.timeline.models import Entry
from haoke.timeline.queries import continuity

pytestmark = pytest.mark.django_db


def test_people_break_a_silence_and_machines_do_not(frozen, arrive, letter, agent, django_assert_num_queries) -> None:
    """S1-05: what either side sends by itself, however often, is no attention; a call and a letter are."""
    opened_at = clock.now()
    conversation = arrive(letter()).conversation
    frozen.shift(timedelta(days=10))
    [acknowledgement] = OutboundMail.objects.filter(purpose="acknowledgement")
    services.note_delivery(outbound_id=acknowledgement.pk, outcome="sent")
    arrive(letter("我正在休假。", subject="自动回复", Auto_Submitted="auto-replied"))
    frozen.shift(timedelta(days=10))
    called_at = clock.now()
    services.log_call(conversation_id=conversation.pk, text="已说明", direction="out", by=agent)
    frozen.shift(timedelta(days=5))

    with django_assert_num_queries(1):
        found = continuity([conversation.customer_id], since=opened_at - timedelta(days=1), until=clock.now())

    assert (found.last_touch_at, found.longest_silence) == (called_at, timedelta(days=20))
    automatic = Entry.objects.filter(kind__startswith="automatic_mail.").order_by("pk")
    assert [(each.kind, each.channel) for each in automatic] == [
        ("automatic_mail.sent", ""),
        ("automatic_mail.received", ""),
    ]
