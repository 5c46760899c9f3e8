"""Mails of ours leave: against a real server that accepts, refuses, postpones, or hangs up in the middle."""

from __future__ import annotations

import email
import smtplib
import socket
import threading
from email.policy import default

import pytest
from django.db import connection, transaction

from haoke.channels import jobs, sender, services
from haoke.channels.choices import Cause, OutboundState, OutgoingSecurity
from haoke.channels.errors import MailNotHandedOver
from haoke.channels.models import Channel, OutboundMail
from haoke.channels.rules.delivery import MOST_TRIES
from haoke.files.services import store_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server_of_the_mailbox(channel, outgoing):
    Channel.objects.filter(pk=channel.pk).update(outgoing_port=outgoing.port)


def send(mail: OutboundMail) -> OutboundMail:
    """One run of the job, as the worker does it."""
    try:
        jobs.send_mail.func(outbound_id=mail.pk)
    finally:
        mail.refresh_from_db()
    return mail


def test_a_mail_leaves_whole_and_is_marked_sent(queue_mail, outgoing, facts_of):
    file = store_file(content=b"%PDF-1.4 offer", name="报价单.pdf")
    mail = send(queue_mail(cc=["li@customer.example"], file_ids=[file.pk], in_reply_to="<one@customer.example>"))
    assert (mail.state, mail.delivered_to, mail.sending_to) == ("sent", mail.addresses, [])
    assert (mail.attempts, mail.cause, mail.sent_at is not None) == (1, "", True)
    (taken,) = outgoing.mails
    assert (taken.mail_from, taken.rcpt_tos) == ("service@haoke.example", mail.addresses)
    read = email.message_from_bytes(taken.content, policy=default)
    assert (read["Message-ID"], read["In-Reply-To"]) == (mail.message_id, "<one@customer.example>")
    assert (read["From"].addresses[0].display_name, read["Subject"]) == ("好客客户服务", "回复:退款")
    assert read["Auto-Submitted"] is None
    assert read.get_body(("plain",)).get_content().strip() == "您好,退款已经办好。"
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("报价单.pdf", b"%PDF-1.4 offer")
    fact = {"outbound_id": mail.pk, "conversation_id": 42, "recipient_count": 2, "refused_count": 0}
    assert facts_of("mail.sent") == [fact]


def test_an_automatic_mail_says_so_that_no_machine_answers_it(queue_mail, outgoing):
    send(queue_mail(is_automatic=True))
    read = email.message_from_bytes(outgoing.mails[0].content, policy=default)
    assert (read["Auto-Submitted"], read["Precedence"]) == ("auto-generated", "bulk")
    assert read["X-Auto-Response-Suppress"] == "All"


def test_a_job_that_runs_twice_sends_once(queue_mail, outgoing):
    mail = queue_mail()
    send(mail)
    send(mail)
    assert len(outgoing.mails) == 1


def test_a_refused_mail_says_who_was_refused_and_why(queue_mail, outgoing, facts_of):
    outgoing.answers["wang@customer.example"] = "550 5.1.1 unknown user"
    mail = send(queue_mail())
    assert (mail.state, mail.cause) == (OutboundState.REFUSED, Cause.RECIPIENTS)
    assert mail.refusals == {"wang@customer.example": {"code": 550, "text": "5.1.1 unknown user", "is_final": True}}
    assert [each["refused_count"] for each in facts_of("mail.refused")] == [1]
    assert outgoing.mails == []


def test_one_refused_address_does_not_keep_the_mail_from_the_other(queue_mail, outgoing):
    outgoing.answers["li@customer.example"] = "550 5.1.1 unknown user"
    mail = send(queue_mail(cc=["li@customer.example"]))
    assert (mail.state, mail.delivered_to) == (OutboundState.SENT, ["wang@customer.example"])
    assert list(mail.refusals) == ["li@customer.example"]


def test_a_postponed_address_is_tried_again_alone(queue_mail, outgoing, facts_of):
    outgoing.answers["li@customer.example"] = "451 4.7.1 greylisted"
    mail = queue_mail(cc=["li@customer.example"])
    with pytest.raises(MailNotHandedOver):
        send(mail)
    mail.refresh_from_db()
    assert (mail.state, mail.delivered_to) == (OutboundState.QUEUED, ["wang@customer.example"])
    assert facts_of("mail.sent") == []
    outgoing.answers.clear()
    send(mail)
    assert (mail.state, mail.refusals) == (OutboundState.SENT, {})
    assert [each.rcpt_tos for each in outgoing.mails] == [["wang@customer.example"], ["li@customer.example"]]


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [
        ({"sender_answer": "451 4.3.0 busy"}, Cause.POSTPONED),
        ({"data_answer": "452 4.2.2 mailbox full"}, Cause.POSTPONED),
        ({"answers": {"wang@customer.example": "450 4.2.0 greylisted"}}, Cause.POSTPONED),
    ],
)
def test_a_temporary_answer_is_retried_and_shown_meanwhile(queue_mail, outgoing, trouble, cause):
    for name, value in trouble.items():
        setattr(outgoing, name, value)
    mail = queue_mail()
    with pytest.raises(MailNotHandedOver):
        send(mail)
    mail.refresh_from_db()
    assert (mail.state, mail.cause, mail.attempts) == (OutboundState.QUEUED, cause, 1)
    assert mail.failure
    for name, value in {"sender_answer": "", "data_answer": "250 OK", "answers": {}}.items():
        setattr(outgoing, name, value)
    assert send(mail).state == OutboundState.SENT
    assert len(outgoing.mails) == 1


@pytest.mark.parametrize("trouble", [{"sender_answer": "550 5.7.1 not you"}, {"data_answer": "554 5.7.1 spam"}])
def test_a_final_answer_to_the_whole_mail_refuses_every_address(queue_mail, outgoing, trouble):
    for name, value in trouble.items():
        setattr(outgoing, name, value)
    mail = send(queue_mail(cc=["li@customer.example"]))
    assert (mail.state, mail.cause) == (OutboundState.REFUSED, Cause.REJECTED)
    assert set(mail.refusals) == set(mail.addresses)


def test_a_server_that_is_away_is_tried_until_the_last_try_and_then_the_mail_failed(queue_mail, channel, facts_of):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        Channel.objects.filter(pk=channel.pk).update(outgoing_port=taken.getsockname()[1])
        mail = queue_mail()
        with pytest.raises(MailNotHandedOver):
            send(mail)
        OutboundMail.objects.filter(pk=mail.pk).update(attempts=MOST_TRIES - 1)
        send(mail)
    assert (mail.state, mail.cause, mail.attempts) == (OutboundState.FAILED, Cause.UNREACHABLE, MOST_TRIES)
    assert "refused" in mail.failure
    assert [each["cause"] for each in facts_of("mail.failed")] == [Cause.UNREACHABLE]


def test_a_line_lost_after_the_mail_began_to_leave_asks_a_person(queue_mail, outgoing, facts_of):
    """RULINGS: a send whose outcome cannot be known is marked uncertain and asks a person."""
    outgoing.hangs_up = True
    mail = send(queue_mail())
    assert (mail.state, mail.cause) == (OutboundState.UNCERTAIN, Cause.LINE_LOST)
    assert mail.sending_to == ["wang@customer.example"]
    assert [each["cause"] for each in facts_of("mail.uncertain")] == [Cause.LINE_LOST]
    outgoing.hangs_up = False
    assert send(mail).state == OutboundState.UNCERTAIN
    assert outgoing.mails == []


def test_a_mail_found_half_sent_after_a_crash_asks_a_person_and_is_not_sent(queue_mail, outgoing, facts_of):
    mail = queue_mail()
    services.begin_delivery(mail.pk)
    assert services.claim_delivery(mail.pk, ("wang@customer.example",), {}) is True
    # Here the worker dies by kill -9; its job is given to another one.
    send(mail)
    assert (mail.state, mail.cause) == (OutboundState.UNCERTAIN, Cause.STOPPED)
    assert outgoing.mails == []
    assert len(facts_of("mail.uncertain")) == 1


def test_the_mail_is_marked_as_leaving_before_its_first_byte_leaves(queue_mail, monkeypatch):
    states = []
    real = smtplib.SMTP.data

    def watched(smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        states.extend(OutboundMail.objects.values_list("state", "sending_to"))
        return real(smtp, content)

    monkeypatch.setattr(smtplib.SMTP, "data", watched)
    mail = send(queue_mail())
    assert states == [("sending", ["wang@customer.example"])]
    assert mail.state == OutboundState.SENT


def test_of_two_workers_with_the_same_mail_one_sends(queue_mail, outgoing):
    """Both made it ready; the claim right before the content lets one through."""
    mail = queue_mail()
    first, second = services.begin_delivery(mail.pk), services.begin_delivery(mail.pk)
    attempt = sender.hand_over(first, claim=lambda *what: services.claim_delivery(mail.pk, *what))
    assert sender.hand_over(second, claim=lambda *what: services.claim_delivery(mail.pk, *what)) is None
    services.finish_delivery(mail.pk, attempt)
    mail.refresh_from_db()
    assert (mail.state, len(outgoing.mails)) == (OutboundState.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_a_mail_somebody_holds_is_tried_later_and_never_left_without_a_job(queue_mail, outgoing):
    mail = queue_mail()
    is_held, may_let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                OutboundMail.objects.select_for_update().get(pk=mail.pk)
                is_held.set()
                may_let_go.wait(5)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(5)
    try:
        with pytest.raises(MailNotHandedOver):
            send(mail)
    finally:
        may_let_go.set()
        holder.join(5)
    assert send(mail).state == OutboundState.SENT
    assert len(outgoing.mails) == 1


def test_we_sign_in_with_the_stored_password(queue_mail, channel, outgoing):
    from haoke.channels.passwords import seal

    outgoing.password = "geheim 密码".encode()
    Channel.objects.filter(pk=channel.pk).update(outgoing_user="haoke", outgoing_password=seal("wrong"))
    mail = queue_mail()
    with pytest.raises(MailNotHandedOver):
        send(mail)
    mail.refresh_from_db()
    assert (mail.cause, outgoing.mails) == (Cause.CREDENTIALS, [])
    outgoing.password = b"right"
    Channel.objects.filter(pk=channel.pk).update(outgoing_password=seal("right"))
    assert send(mail).state == OutboundState.SENT
    assert outgoing.sign_ins[-1] == (b"haoke", b"right")
    assert "wrong" not in mail.failure


def test_a_line_that_cannot_be_protected_is_not_used(queue_mail, channel, outgoing):
    for security in (OutgoingSecurity.STARTTLS, OutgoingSecurity.TLS):
        Channel.objects.filter(pk=channel.pk).update(outgoing_security=security)
        mail = queue_mail()
        with pytest.raises(MailNotHandedOver):
            send(mail)
        mail.refresh_from_db()
        assert mail.cause == Cause.NOT_SECURE
    assert outgoing.mails == []


def test_what_cannot_be_put_together_fails_at_once_with_its_cause(queue_mail, channel, outgoing):
    lost = send(queue_mail(file_ids=[987654]))
    assert (lost.state, lost.cause) == (OutboundState.FAILED, Cause.BROKEN)
    Channel.objects.filter(pk=channel.pk).update(is_active=False)
    off = send(queue_mail())
    assert (off.state, off.cause) == (OutboundState.FAILED, Cause.CHANNEL_OFF)
    assert outgoing.mails == []


def test_ids_of_foreign_mails_that_no_header_may_carry_are_left_out(queue_mail, outgoing):
    send(queue_mail(in_reply_to="<broken id@x>", references=["<a@x>", "<ü@x>", "<b@x>"]))
    read = email.message_from_bytes(outgoing.mails[0].content, policy=default)
    assert (read["In-Reply-To"], read["References"].split()) == (None, ["<a@x>", "<b@x>"])


def test_a_chinese_domain_is_written_in_ascii_on_the_line(queue_mail, outgoing):
    send(queue_mail(recipients=["wang@例子.公司"]))
    assert outgoing.mails[0].rcpt_tos == ["wang@xn--fsqu00a.xn--55qx5d"]


def test_the_job_that_sends_is_one_of_its_mail_at_a_time(queue_mail):
    mail = queue_mail()
    with connection.cursor() as cursor:
        cursor.execute("SELECT lock, queue_name FROM procrastinate_jobs")
        assert cursor.fetchall() == [(f"outbound:{mail.pk}", "mail")]
