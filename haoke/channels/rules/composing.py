"""Write a mail as bytes that every server accepts: pure ASCII, no line of it under a stranger's control."""

import hashlib
import re
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime

from haoke.channels.rules.attachment_names import safe_name
from haoke.channels.rules.charsets import clean
from haoke.channels.rules.fields import one_line
from haoke.channels.rules.mails import Address, Attachment
from haoke.channels.rules.threading import limit_references

# We fold the lines ourselves, so the writer must leave them alone.
_POLICY = compat32.clone(linesep="\r\n", max_line_length=0)
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")
_SPECIAL = re.compile(r"[^\w !#$%&\'*+/=?^`{|}~-]", re.ASCII)
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,20}")
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|model|text|video)/[A-Za-z0-9!#$&^_.+-]{1,100}")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,990}>")
_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}
# fmt: off
_OURS = frozenset((
    "from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references", "reply-to",
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id",
))
# fmt: on


class UnsendableValue(ValueError):
    """An address, id or field name that no mail may carry."""


def compose(
    *,
    message_id: str,
    sender: Address,
    to: Sequence[Address],
    cc: Sequence[Address] = (),
    subject: str,
    text: str,
    html: str | None = None,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    sent_at: datetime,
    is_automatic: bool,
    reply_to: Address | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the mail, ready for SMTP; equal input gives equal bytes.

    Mail that no person wrote says so, that no other machine answers it (RFC 3834).

    Raises: UnsendableValue.
    """
    mail = _content(text, html, attachments, message_id)
    _put(mail, "From", _mailbox(sender))
    _put(mail, "To", _mailboxes(to) or "undisclosed-recipients:;")
    if cc:
        _put(mail, "Cc", _mailboxes(cc))
    if reply_to:
        _put(mail, "Reply-To", _mailbox(reply_to))
    _put(mail, "Subject", _encoded(subject, "Subject"))
    _put(mail, "Date", format_datetime(sent_at))
    _put(mail, "Message-ID", _id(message_id))
    if in_reply_to:
        _put(mail, "In-Reply-To", _id(in_reply_to))
    if references:
        _put(mail, "References", "\n ".join(limit_references([_id(reference) for reference in references])))
    for name, value in (_AUTOMATIC if is_automatic else {}).items():
        _put(mail, name, value)
    for name, value in (headers or {}).items():
        if not _FIELD_NAME.fullmatch(name) or name.lower() in _OURS:
            raise UnsendableValue(f"not a header field of one's own choice: {name!r}")
        _put(mail, name, _encoded(value, name))
    return mail.as_bytes(policy=_POLICY)


def _put(mail: Message, name: str, value: str) -> None:
    """Set a field whose value is folded and encoded; the last look that no line break got in."""
    if not value.isascii() or re.search(r"[\r\0]|\n(?![ \t]+\S)", value):
        raise UnsendableValue(f"a line break or a raw character in {name}")
    del mail[name]
    mail[name] = value


def _content(text: str, html: str | None, attachments: Sequence[Attachment], message_id: str) -> Message:
    """Nest as little as needed: mixed(related(alternative(text, html), images), files)."""
    content: Message = MIMEText(_lines(text), "plain", "utf-8")
    inline = [attachment for attachment in attachments if html and attachment.is_inline and attachment.content_id]
    files = [attachment for attachment in attachments if attachment not in inline]
    if html:
        content = _multipart("alternative", message_id, content, MIMEText(_lines(html), "html", "utf-8"))
    if inline:
        content = _multipart("related", message_id, content, *(_file(image, is_inline=True) for image in inline))
    if files:
        content = _multipart("mixed", message_id, content, *(_file(file, is_inline=False) for file in files))
    return content


def _lines(text: str) -> str:
    return re.sub("\r\n?", "\n", clean(text))


def _multipart(kind: str, message_id: str, *parts: Message) -> Message:
    # Every leaf is base64, in which "=_" cannot stand: the boundary is safe without being random.
    mark = hashlib.sha256(f"{kind}:{message_id}".encode()).hexdigest()[:24]
    multipart = MIMEMultipart(kind, boundary=f"=_{kind}_{mark}")
    for part in parts:
        del part["MIME-Version"]
        multipart.attach(part)
    return multipart


def _file(attachment: Attachment, *, is_inline: bool) -> Message:
    # A message/* or multipart/* part may not be base64 (RFC 2046): such a file travels as plain bytes.
    media_type = attachment.media_type if _MEDIA_TYPE.fullmatch(attachment.media_type) else "application/octet-stream"
    part = MIMEBase(*media_type.split("/"))
    part.set_payload(encodebytes(attachment.content).decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    name = safe_name(clean(attachment.name), media_type)
    # Old readers know only a name in encoded words, new ones only RFC 2231: both are given.
    part.replace_header("Content-Type", f'{media_type};\n name="{_quoted(_encoded(name, "name"))}"')
    part.add_header(
        "Content-Disposition",
        "inline" if is_inline else "attachment",
        filename=name if name.isascii() else ("utf-8", "", name),
    )
    content_id = re.sub(r"[^\x21-\x3b\x3d\x3f-\x7e]", "", attachment.content_id)
    if content_id:
        part["Content-ID"] = f"<{content_id}>"
    return part


def _quoted(text: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", text)


def _encoded(value: str, name: str) -> str:
    """Return a value on folded ASCII lines; a value that would look like an encoded word is encoded too."""
    line = one_line(clean(value))
    if line.isascii() and "=?" not in line and len(line) < 900:
        return line
    return Header(line, "utf-8", header_name=name, maxlinelen=75).encode()


def _mailboxes(addresses: Sequence[Address]) -> str:
    return ",\n ".join(_mailbox(address) for address in addresses)


def _mailbox(address: Address) -> str:
    spec = _spec(address.address)
    name = one_line(clean(address.name))
    if not name:
        return spec
    if not name.isascii() or "=?" in name or len(name) > 60:
        return f"{Header(name, 'utf-8', maxlinelen=60).encode()}\n <{spec}>"
    return f'"{_quoted(name)}" <{spec}>' if _SPECIAL.search(name) else f"{name} <{spec}>"


def _spec(address: str) -> str:
    """Check an address; a Chinese domain is written in its ASCII form."""
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError as trouble:
        raise UnsendableValue(f"not a mail domain: {domain!r}") from trouble
    if not at or not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        raise UnsendableValue(f"not a mail address: {address!r}")
    return f"{local}@{ascii_domain}"


def _id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise UnsendableValue(f"not a message id: {message_id[:100]!r}")
    return message_id
