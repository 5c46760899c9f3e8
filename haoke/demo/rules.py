"""How a customer's mail program writes a mail, and what the customers' mail servers answer to an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

# What stands before the @ of an address at which one can watch how a refused mail looks to us.
ANSWERS = {
    "refused": "550 5.1.1 No such mailbox here (this address always refuses)",
    "busy": "451 4.7.1 Please try again later (this address always does this)",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the customer attached."""

    name: str
    media_type: str
    content: bytes


def answer_to(address: str) -> str | None:
    """What the customer's mail server says instead of taking mail for the address; None where it takes it."""
    return ANSWERS.get(address.strip().lower().partition("@")[0])


def write_mail(
    *,
    sender_name: str,
    sender: str,
    recipient: str,
    subject: str,
    text: str,
    message_id: str,
    sent_at: datetime,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    uploads: Sequence[Upload] = (),
) -> bytes:
    """The mail as a customer's program writes it, ready for SMTP."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(" ".join(sender_name.split()), addr_spec=sender)
    mail["To"] = recipient
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = sent_at
    mail["Message-ID"] = message_id
    if in_reply_to:
        mail["In-Reply-To"] = in_reply_to
    if references:
        mail["References"] = " ".join(references)
    mail.set_content(text, cte="base64")
    for upload in uploads:
        main, _slash, sub = upload.media_type.partition("/")
        mail.add_attachment(upload.content, maintype=main, subtype=sub, filename=upload.name)
    return mail.as_bytes()


def with_quote(text: str, *, author: str, quoted: str) -> str:
    """The customer's words above what they answer, as mail programs put it."""
    lines = "\n".join(f"> {line}" for line in quoted.strip().splitlines())
    wrote = "写道：" if language_of(text) == "zh" else "wrote:"
    return f"{text.rstrip()}\n\n{author} {wrote}\n{lines}\n" if lines else text


def language_of(text: str) -> str:
    """The language somebody writes in, told by the script."""
    return "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"
