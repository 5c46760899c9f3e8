"""Verdicts on mails that machines wrote, and what a bounce tells (HELPDESK 2.3)."""

import pytest

from haoke.channels.rules import Bounce, automatic_reason, bounces_of, parse_mail

OWN = frozenset(("crm.example.com", "service@crm.example.com"))


def verdict(*fields: str, sender: str = "From: wang@example.com") -> str | None:
    raw = "\r\n".join((sender, "Message-ID: <1@example.com>", *fields)) + "\r\n\r\nhello"
    return automatic_reason(parse_mail(raw.encode()), OWN)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "auto_submitted"),
        ("auto-submitted: AUTO-GENERATED; owner=x", "auto_submitted"),
        ("X-Auto-Response-Suppress: All", "auto_response_suppress"),
        ("X-Auto-Response-Suppress: OOF, AutoReply", "auto_response_suppress"),
        ("X-Auto-Response-Suppress: dr", "auto_response_suppress"),
        ("Precedence: bulk", "precedence"),
        ("Precedence: Junk", "precedence"),
        ("Precedence: list", "precedence"),
        ("X-Precedence: auto_reply", "precedence"),
        ("X-Autoreply: yes", "answering_machine"),
        ("X-Autorespond: Re: hello", "answering_machine"),
        ("X-Autoresponder: any", "answering_machine"),
        ("X-Loop: yes", "loop"),
        ("X-Loop: service@crm.example.com", "own_loop_mark"),
        ("X-RT-Loop-Prevention: crm.example.com", "own_loop_mark"),
        ("Delivered-To: Autoresponder", "autoresponder"),
        ("List-Id: News <news.example.com>", "mailing_list"),
        ("List-Unsubscribe: <https://example.com/u>", "mailing_list"),
        ("Return-Path: <>", "empty_return_path"),
        ("Return-Path: < >", "empty_return_path"),
        ("X-FC-MachineGenerated: true", "machine_generated"),
        ("X-MS-Exchange-Inbox-Rules-Loop: wang@example.com", "out_of_office"),
        ("Subject: 自动回复：您好", "automatic_subject"),
        ("Subject: Automatic reply: hello", "automatic_subject"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=q", "delivery_report"),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=q", "receipt"),
    ],
)
def test_every_rule_has_its_code(field: str, reason: str) -> None:
    """Two robots answering each other are told apart from people (issue 2, bad input)."""
    assert verdict(field) == reason


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ("From: MAILER-DAEMON@mx.example.com", "system_sender"),
        ("From: Postmaster <postmaster@example.com>", "system_sender"),
        ("From: MAILER-DAEMON", "system_sender"),
        ("From: <>", "sender_missing"),
        ("X-Other: 1", "sender_missing"),
    ],
)
def test_senders_that_are_nobody(sender: str, reason: str | None) -> None:
    assert verdict(sender=sender) == reason


def test_our_own_mail_coming_back_is_known() -> None:
    mail = parse_mail(b"From: a@example.com\r\nMessage-ID: <hk.1.2.x@CRM.example.com>\r\n\r\nhello")
    assert automatic_reason(mail, OWN) == "own_message_id"
    assert automatic_reason(mail, frozenset()) is None


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: NO",
        "X-Auto-Response-Suppress: None",
        "X-Auto-Response-Suppress: OOF",
        "Precedence: normal",
        "Precedence: first-class",
        "X-Loop: no",
        "X-Autoreply: no",
        "X-FC-MachineGenerated: false",
        "Delivered-To: service@crm.example.com",
        "Return-Path: <wang@example.com>",
        "Subject: Re: 自动回复: 您好",
        "Subject: 自动回复怎么设置？",
        "References: <hk.1.2.x@crm.example.com>",
        "Content-Type: multipart/mixed; boundary=q",
    ],
)
def test_people_are_not_taken_for_machines(field: str) -> None:
    assert verdict(field) is None


REPORT = b"""From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I'm sorry.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; late@example.com
Action: delayed
Status: 4.4.1

Original-Recipient: rfc822;wang@example.com
Final-Recipient: rfc822; wang@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <wang@example.com>: user
    unknown

--cut
Content-Type: %s

From: service@crm.example.com
Message-ID: <hk.1.2.abc@crm.example.com>
Subject: hello

--cut--
"""


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("copy", [b"message/rfc822", b"text/rfc822-headers"])
def test_a_delivery_report_names_recipient_cause_and_our_mail(copy: bytes, line_end: bytes) -> None:
    """A bounce lands on its message (issue 2, bad input)."""
    delayed, failed = bounces_of(parse_mail((REPORT % copy).replace(b"\n", line_end)))
    assert failed == Bounce(
        recipient="wang@example.com",
        status="5.1.1",
        action="failed",
        diagnostic="550 5.1.1 <wang@example.com>: user unknown",
        original_message_id="<hk.1.2.abc@crm.example.com>",
    )
    assert delayed.action == "delayed"


@pytest.mark.parametrize(
    ("raw", "recipient", "status", "original"),
    [
        (
            "From: MAILER-DAEMON@mx.example.com\nSubject: failure notice\n\n"
            "Hi. This is the qmail-send program at mx.example.com.\nI wasn't able to deliver it.\n\n"
            "<wang@example.com>:\n203.0.113.9 does not like recipient.\nRemote host said: 550 no such user\n\n"
            "--- Below this line is a copy of the message.\n\nReturn-Path: <service@crm.example.com>\n"
            "Message-ID: <hk.1.2.abc@crm.example.com>\n",
            "wang@example.com", "5.0.0", "<hk.1.2.abc@crm.example.com>",
        ),
        (
            "From: PostMaster@qq.example\nTo: service@crm.example.com\nSubject: 来自qq.example的退信\n"
            "In-Reply-To: <hk.1.2.abc@crm.example.com>\nContent-Type: text/html; charset=utf-8\n\n"
            "<p>抱歉，您的邮件被退回来了</p><p>10001@qq.example</p><p>550 5.1.1 Mailbox not found</p>",
            "10001@qq.example", "5.1.1", "<hk.1.2.abc@crm.example.com>",
        ),
        (
            "From: Mail Delivery System <mailer-daemon@mx.example.com>\nX-Failed-Recipients: wang@example.com\n"
            "Subject: Mail delivery failed\nReferences: <hk.1.2.abc@crm.example.com>\n\nIt could not be delivered.\n",
            "wang@example.com", "", "<hk.1.2.abc@crm.example.com>",
        ),
    ],
    ids=["qmail", "qq", "exim"],
)  # fmt: skip
def test_bounces_that_are_only_written(raw: str, recipient: str, status: str, original: str) -> None:
    [bounce] = bounces_of(parse_mail(raw.encode()))
    assert (bounce.recipient, bounce.status, bounce.action) == (recipient, status, "failed")
    assert bounce.original_message_id == original


@pytest.mark.parametrize("subject", ["退信是怎么回事", "Undelivered parcel"])
def test_a_customer_who_writes_about_a_bounce_is_no_bounce(subject: str) -> None:
    raw = f"From: wang@example.com\nSubject: {subject}\n\n550 5.1.1 other@example.com"
    assert bounces_of(parse_mail(raw.encode())) == ()
