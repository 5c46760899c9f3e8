"""Queuing mails of ours, holding machines back, and people deciding what a machine cannot know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.channels import errors, services
from haoke.channels.choices import Cause, OutboundState
from haoke.channels.models import OutboundMail
from haoke.channels.rules.bounces import Bounce
from haoke.channels.rules.threading import conversation_in_message_id
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db


def _at(mail: OutboundMail, state: str, **fields: object) -> OutboundMail:
    """Puts a mail where only a real attempt would bring it."""
    OutboundMail.objects.filter(pk=mail.pk).update(state=state, **fields)
    mail.refresh_from_db()
    return mail


def test_a_mail_is_queued_with_its_job_and_names_its_conversation_in_its_signed_id(queue_mail, jobs_of, settings):
    """S1-04: every mail of ours has a way back to its conversation."""
    mail = queue_mail(recipients=["wang@customer.example", " wang@customer.example "], cc=["li@customer.example"])
    assert (mail.state, mail.recipients, mail.cc) == ("queued", ["wang@customer.example"], ["li@customer.example"])
    assert conversation_in_message_id(mail.message_id, settings.SECRET_KEY.encode()) == 42
    assert jobs_of("channels.send_mail") == [{"outbound_id": mail.pk}]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"recipients": []}, errors.NoRecipients),
        ({"recipients": ["not an address"]}, errors.NotAMailAddress),
        ({"recipients": ["a@b.example\r\nBcc: x@y.example"]}, errors.NotAMailAddress),
        ({"cc": [f"c{number}@customer.example" for number in range(100)]}, errors.TooManyRecipients),
        ({"channel_id": 0}, NotFound),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(queue_mail, jobs_of, values, refusal):
    with pytest.raises(refusal):
        queue_mail(**values)
    assert (OutboundMail.objects.count(), jobs_of("channels.send_mail")) == (0, [])


def test_only_who_answers_customers_queues_mail(queue_mail, quality_manager, agent):
    with pytest.raises(Forbidden):
        queue_mail(by=quality_manager)
    assert queue_mail(by=agent).state == OutboundState.QUEUED


@pytest.mark.parametrize(
    ("recipient", "cause"),
    [
        ("MAILER-DAEMON@customer.example", Cause.ROBOT_ADDRESS),
        ("no-reply@customer.example", Cause.ROBOT_ADDRESS),
        ("service+7@haoke.example", Cause.OWN_ADDRESS),
    ],
)
def test_machines_never_write_to_machines(queue_mail, jobs_of, facts_of, admin, recipient, cause):
    mail = queue_mail(recipients=[recipient], is_automatic=True)
    assert (mail.state, mail.cause) == (OutboundState.FAILED, cause)
    assert jobs_of("channels.send_mail") == []
    assert [each["cause"] for each in facts_of("mail.failed")] == [cause]
    with pytest.raises(errors.MailMovedOn):
        services.try_again(mail.pk, by=admin)
    assert queue_mail(recipients=[recipient], is_automatic=False).state == OutboundState.QUEUED


def test_automatic_mail_in_one_conversation_stops_after_ten_in_ten_minutes(queue_mail, frozen, jobs_of):
    """HELPDESK 2.3: two robots that answer each other are stopped, visibly."""
    states = [queue_mail(is_automatic=True).state for _each in range(11)]
    assert states == [OutboundState.QUEUED] * 10 + [OutboundState.FAILED]
    assert OutboundMail.objects.latest("pk").cause == Cause.TOO_MANY
    assert len(jobs_of("channels.send_mail")) == 10
    # Another conversation, another customer and a person's own words are not held back.
    assert queue_mail(is_automatic=True, conversation_id=43).state == OutboundState.QUEUED
    assert queue_mail(is_automatic=True, recipients=["li@customer.example"]).state == OutboundState.QUEUED
    assert queue_mail().state == OutboundState.QUEUED
    # The policy the house is born with: ten in three hours.
    frozen.shift(timedelta(minutes=181))
    assert queue_mail(is_automatic=True).state == OutboundState.QUEUED


def test_acknowledgements_to_one_address_stop_after_ten_whatever_the_conversation(queue_mail, frozen):
    for number in range(1, 11):
        queue_mail(is_automatic=True, purpose="acknowledgement", conversation_id=number)
        frozen.shift(timedelta(minutes=10))
    late = queue_mail(is_automatic=True, purpose="acknowledgement", conversation_id=99)
    assert (late.state, late.cause) == (OutboundState.FAILED, Cause.TOO_MANY)
    frozen.shift(timedelta(minutes=100))
    assert queue_mail(is_automatic=True, purpose="acknowledgement", conversation_id=99).state == OutboundState.QUEUED


def test_a_person_says_that_an_uncertain_mail_arrived(queue_mail, agent, jobs_of, facts_of):
    mail = _at(queue_mail(), OutboundState.UNCERTAIN, sending_to=["wang@customer.example"], tried_at=clock.now())
    services.settle_uncertain(mail.pk, was_sent=True, by=agent)
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to, mail.sending_to) == ("sent", ["wang@customer.example"], [])
    assert len(jobs_of("channels.send_mail")) == 1
    assert facts_of("mail.settled") == [{"outbound_id": mail.pk, "conversation_id": 42, "was_sent": True}]


def test_an_uncertain_mail_that_arrived_for_some_goes_on_to_the_others(queue_mail, agent, jobs_of):
    mail = queue_mail(cc=["li@customer.example"])
    _at(mail, OutboundState.UNCERTAIN, sending_to=["wang@customer.example"])
    services.settle_uncertain(mail.pk, was_sent=True, by=agent)
    mail.refresh_from_db()
    assert (mail.state, mail.open_addresses) == (OutboundState.QUEUED, ["li@customer.example"])
    assert len(jobs_of("channels.send_mail")) == 2


def test_a_person_has_an_uncertain_mail_sent_again(queue_mail, admin, jobs_of):
    mail = _at(queue_mail(), OutboundState.UNCERTAIN, sending_to=["wang@customer.example"], attempts=3)
    services.settle_uncertain(mail.pk, was_sent=False, by=admin)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.open_addresses) == ("queued", 0, ["wang@customer.example"])
    assert len(jobs_of("channels.send_mail")) == 2
    with pytest.raises(errors.MailMovedOn):
        services.settle_uncertain(mail.pk, was_sent=True, by=admin)


@pytest.mark.parametrize("state", [OutboundState.FAILED, OutboundState.REFUSED])
def test_a_mail_that_did_not_leave_is_tried_again(queue_mail, agent, jobs_of, facts_of, state):
    refused = {"wang@customer.example": {"code": 550, "text": "no", "is_final": True}}
    mail = _at(queue_mail(), state, refusals=refused, cause="rejected", failure="550 no", attempts=16)
    services.try_again(mail.pk, by=agent)
    mail.refresh_from_db()
    assert (mail.state, mail.refusals, mail.cause, mail.attempts) == ("queued", {}, "", 0)
    assert len(jobs_of("channels.send_mail")) == 2
    assert facts_of("mail.tried_again") == [{"outbound_id": mail.pk, "conversation_id": 42}]


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "uncertain"])
def test_a_mail_on_its_way_is_not_tried_again(queue_mail, admin, state):
    mail = _at(queue_mail(), state, sent_at=clock.now())
    with pytest.raises(errors.MailMovedOn):
        services.try_again(mail.pk, by=admin)


def test_who_neither_answers_nor_keeps_mailboxes_decides_nothing(queue_mail, quality_manager):
    mail = _at(queue_mail(), OutboundState.UNCERTAIN)
    for decide in (
        lambda: services.try_again(mail.pk, by=quality_manager),
        lambda: services.settle_uncertain(mail.pk, was_sent=True, by=quality_manager),
    ):
        with pytest.raises(Forbidden):
            decide()


def _bounce(mail: OutboundMail, recipient: str, action: str = "failed", status: str = "5.1.1") -> Bounce:
    return Bounce(recipient, status, action, "user unknown", mail.message_id)


def test_a_bounce_lands_on_its_mail_and_on_its_address(queue_mail, facts_of):
    mail = queue_mail(cc=["li@customer.example"])
    _at(mail, OutboundState.SENT, sent_at=clock.now(), delivered_to=mail.addresses)
    assert services.apply_bounce(_bounce(mail, "LI@customer.example")) == mail
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to) == (OutboundState.SENT, ["wang@customer.example"])
    assert mail.refusals["li@customer.example"] == {"code": 0, "text": "5.1.1 user unknown", "is_final": True}
    services.apply_bounce(_bounce(mail, "wang@customer.example"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause) == (OutboundState.REFUSED, Cause.RECIPIENTS)
    assert [each["refused_count"] for each in facts_of("mail.bounced")] == [1, 2]


def test_a_delay_is_noted_but_takes_nothing_back(queue_mail):
    mail = queue_mail()
    _at(mail, OutboundState.SENT, sent_at=clock.now(), delivered_to=mail.recipients)
    services.apply_bounce(_bounce(mail, "forwarded@elsewhere.example", "delayed", "4.4.1"))
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to) == (OutboundState.SENT, ["wang@customer.example"])
    assert mail.refusals["wang@customer.example"]["is_final"] is False


def test_a_bounce_of_a_mail_that_is_not_ours_changes_nothing(queue_mail, facts_of):
    queue_mail()
    assert services.apply_bounce(Bounce("x@y.example", "5.1.1", "failed", "", "<foreign@y.example>")) is None
    assert services.apply_bounce(Bounce("x@y.example", "5.1.1", "failed", "", "")) is None
    assert facts_of("mail.bounced") == []


def test_a_bounce_tells_that_an_uncertain_mail_did_leave(queue_mail):
    mail = queue_mail(cc=["li@customer.example"])
    _at(mail, OutboundState.UNCERTAIN, sending_to=mail.addresses, tried_at=clock.now())
    services.apply_bounce(_bounce(mail, "li@customer.example"))
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to) == (OutboundState.SENT, ["wang@customer.example"])
