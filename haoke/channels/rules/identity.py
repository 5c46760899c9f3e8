"""Tell a mail that was sent again from a new one."""

import hashlib
import re
from collections.abc import Iterable, Iterator

from haoke.channels.rules.mails import Address, ParsedMail
from haoke.channels.rules.parsing import parse_mail


def content_identity(mail_or_raw: ParsedMail | bytes) -> str:
    """Return a hash that is equal for the same mail on another way here, and differs for any other content.

    Received lines, boundaries, transfer encodings and line ends may change on the way and do not count.
    """
    mail = parse_mail(mail_or_raw) if isinstance(mail_or_raw, bytes) else mail_or_raw
    digest = hashlib.sha256()
    for value in _values(mail):
        # The length in front keeps two neighbouring values from being read as one.
        digest.update(f"{len(value)}:".encode("ascii"))
        digest.update(value)
    return digest.hexdigest()


def _values(mail: ParsedMail) -> Iterator[bytes]:
    yield mail.message_id.encode()
    yield b"\n".join(_people((mail.sender,) if mail.sender else ()))
    yield b"\n".join(_people(mail.to))
    yield b"\n".join(_people(mail.cc))
    yield mail.subject.encode()
    yield (mail.sent_at.isoformat() if mail.sent_at else "").encode()
    yield mail.in_reply_to.encode()
    yield _trimmed(mail.text)
    yield _trimmed(mail.html)
    yield str(len(mail.attachments)).encode()
    for attachment in mail.attachments:
        yield attachment.name.encode()
        yield attachment.media_type.encode()
        is_text = attachment.media_type.startswith(("text/", "message/"))
        yield re.sub(rb"\r\n?", b"\n", attachment.content) if is_text else attachment.content


def _people(addresses: Iterable[Address]) -> Iterator[bytes]:
    return (f"{address.name} <{address.address.lower()}>".encode() for address in addresses)


def _trimmed(text: str) -> bytes:
    """Relays add and drop blank space at the end of lines and of the mail."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n")).encode()
