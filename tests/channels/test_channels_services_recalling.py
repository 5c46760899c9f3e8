"""Blind copies are in the envelope alone; a mail with a window is taken back while nothing of it has left."""

from __future__ import annotations

import email
from datetime import timedelta
from email.policy import default

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.channels import jobs, services
from haoke.channels.errors import MailHasLeft
from haoke.channels.models import Channel, OutboundMail
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server_of_the_mailbox(channel, outgoing):
    Channel.objects.filter(pk=channel.pk).update(outgoing_port=outgoing.port)


def test_a_blind_copy_is_in_the_envelope_and_nowhere_in_the_mail(queue_mail, outgoing) -> None:
    """Over real SMTP: the server is told of all three, the bytes name two."""
    mail = queue_mail(cc=["li@customer.example"], bcc=["boss@haoke.example", "li@customer.example"])
    jobs.send_mail.func(outbound_id=mail.pk)

    (taken,) = outgoing.mails
    assert taken.rcpt_tos == ["wang@customer.example", "li@customer.example", "boss@haoke.example"]
    read = email.message_from_bytes(taken.content, policy=default)
    assert read["Bcc"] is None
    assert b"boss" not in taken.content
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to) == ("sent", taken.rcpt_tos)


def test_a_mail_with_a_window_waits_for_its_moment(queue_mail) -> None:
    moment = clock.now() + timedelta(seconds=10)
    mail = queue_mail(leaves_at=moment)
    assert ProcrastinateJob.objects.get(args__outbound_id=mail.pk).scheduled_at == moment


def test_taken_back_it_does_not_leave(queue_mail, outgoing, system, facts_of) -> None:
    mail = queue_mail(leaves_at=clock.now() + timedelta(seconds=10))

    services.recall_mail(mail.pk, by=system)
    jobs.send_mail.func(outbound_id=mail.pk)

    mail.refresh_from_db()
    assert mail.state == "recalled"
    assert outgoing.mails == []
    assert facts_of("mail.recalled") == [{"outbound_id": mail.pk, "conversation_id": 42}]
    with pytest.raises(MailHasLeft):
        services.recall_mail(mail.pk, by=system)


def test_taken_back_while_the_sender_already_talks_to_the_server_no_content_leaves(
    queue_mail, outgoing, system, monkeypatch
) -> None:
    """The claim is the line: it finds the mail taken back, and the talk ends before the first byte of content."""
    mail = queue_mail(leaves_at=clock.now())
    claim = services.claim_delivery

    def recalled_just_before(*arguments: object) -> bool:
        services.recall_mail(mail.pk, by=system)
        return claim(*arguments)

    monkeypatch.setattr(services, "claim_delivery", recalled_just_before)
    jobs.send_mail.func(outbound_id=mail.pk)

    assert outgoing.mails == []
    assert OutboundMail.objects.get(pk=mail.pk).state == "recalled"


def test_without_a_window_or_after_leaving_it_is_too_late(queue_mail, system, quality_manager) -> None:
    at_once, left = queue_mail(), queue_mail(leaves_at=clock.now())
    jobs.send_mail.func(outbound_id=left.pk)

    for mail in (at_once, left):
        with pytest.raises(MailHasLeft):
            services.recall_mail(mail.pk, by=system)
    with pytest.raises(NotFound):
        services.recall_mail(0, by=system)
    with pytest.raises(Forbidden):
        services.recall_mail(left.pk, by=quality_manager)


def test_a_mail_sent_again_because_nobody_knew_is_not_taken_back(queue_mail, system) -> None:
    """Perhaps it left the first time: taking it back would claim what nobody knows."""
    mail = queue_mail(leaves_at=clock.now())
    OutboundMail.objects.filter(pk=mail.pk).update(state="uncertain", sending_to=mail.recipients)
    services.settle_uncertain(mail.pk, was_sent=False, by=system)

    with pytest.raises(MailHasLeft):
        services.recall_mail(mail.pk, by=system)
