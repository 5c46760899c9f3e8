"""The playing customers' mailboxes: what reaches them is kept, what they write is queued and sent by a job."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from haoke.channels.queries import parse_mail
from haoke.core import clock, queue
from haoke.core.errors import NotFound
from haoke.demo import rules, sender
from haoke.demo.choices import Direction, SendingState
from haoke.demo.errors import FilesTooLarge, MailPutOff
from haoke.demo.models import CustomerMail
from haoke.demo.queries import answered_mail, thread_of_ids
from haoke.demo.rules import Upload

MOST_BYTES = 25_000_000
MOST_REFERENCES = 100


@transaction.atomic
def keep_mail(*, raw: bytes, recipients: Sequence[str]) -> list[CustomerMail]:
    """Puts a mail that arrived for customers into the mailbox of each of them, whatever it holds."""
    now = clock.now()
    parsed = parse_mail(raw)
    answered = [each[:1000] for each in (*parsed.references, parsed.in_reply_to) if each][-MOST_REFERENCES:]
    message_id = parsed.message_id[:1000] or _new_message_id("nowhere.example")
    return [
        CustomerMail.objects.create(
            mailbox=mailbox,
            direction=Direction.IN,
            sender_name=parsed.sender.name[:200] if parsed.sender else "",
            sender=parsed.sender.address[:320] if parsed.sender else "",
            recipient=mailbox,
            subject=parsed.subject[:300],
            text=parsed.text,
            html=parsed.html,
            raw=raw,
            message_id=message_id,
            in_reply_to=parsed.in_reply_to[:1000],
            references=answered,
            thread=thread_of_ids(mailbox, answered) or next(iter(answered), message_id),
            received_at=now,
        )
        for mailbox in dict.fromkeys(each.strip().lower()[:320] for each in recipients)
    ]


@transaction.atomic
def write_mail(
    *,
    mailbox: str,
    name: str,
    recipient: str,
    subject: str,
    text: str,
    answers_id: int | None = None,
    uploads: Sequence[Upload] = (),
) -> CustomerMail:
    """Writes a mail as the customer and lets a job send it; `answers_id` names the received mail it answers.

    Raises NotFound, FilesTooLarge.
    """
    now = clock.now()
    if sum(len(each.content) for each in uploads) > MOST_BYTES:
        raise FilesTooLarge(field="attachments", limit=f"{MOST_BYTES // 1_000_000} MB")
    answered = answered_mail(mailbox, answers_id) if answers_id else None
    references = [*answered.references, answered.message_id][-MOST_REFERENCES:] if answered else []
    message_id = _new_message_id(mailbox.rpartition("@")[2])
    quoted = rules.with_quote(text, author=_author(answered), quoted=answered.text) if answered else text
    raw = rules.write_mail(
        sender_name=name,
        sender=mailbox,
        recipient=recipient,
        subject=subject,
        text=quoted,
        message_id=message_id,
        sent_at=now,
        in_reply_to=answered.message_id if answered else "",
        references=references,
        uploads=uploads,
    )
    mail = CustomerMail.objects.create(
        mailbox=mailbox,
        direction=Direction.OUT,
        sender_name=name[:200],
        sender=mailbox,
        recipient=recipient,
        subject=subject[:300],
        text=quoted,
        raw=raw,
        message_id=message_id,
        in_reply_to=answered.message_id if answered else "",
        references=references,
        thread=answered.thread if answered else message_id,
        received_at=now,
        state=SendingState.QUEUED,
    )
    queue.defer("demo.send", lock=f"demo:{mail.pk}", mail_id=mail.pk)
    return mail


def send_mail(mail_id: int) -> None:
    """Hands a queued mail to the company's mail server and notes what it said.

    Sent twice by a crash in between, the mail is the same byte by byte, and the other side knows it again.
    Raises NotFound, MailPutOff where another try is worth it.
    """
    mail = CustomerMail.objects.filter(pk=mail_id, direction=Direction.OUT).first()
    if mail is None:
        raise NotFound()
    if mail.state != SendingState.QUEUED:
        return
    try:
        sender.hand_over(bytes(mail.raw), sender=mail.mailbox, recipient=mail.recipient)
    except sender.NotTaken as trouble:
        _settle(mail, SendingState.FAILED if trouble.is_final else SendingState.QUEUED, trouble.words)
        if not trouble.is_final:
            raise MailPutOff() from trouble
    else:
        note_sent(mail)


def note_sent(mail: CustomerMail) -> None:
    """The company's mail server took the mail."""
    _settle(mail, SendingState.SENT)


def _settle(mail: CustomerMail, state: str, failure: str = "") -> None:
    mail.state, mail.failure = state, failure.replace("\0", "")
    mail.save(update_fields=["state", "failure"])


def _author(mail: CustomerMail) -> str:
    return f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else f"<{mail.sender}>"


def _new_message_id(domain: str) -> str:
    return f"<{uuid.uuid4().hex}@{domain}>"
