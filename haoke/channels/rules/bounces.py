"""Read from a bounce which address refused which of our mails, and why."""

import re
from dataclasses import dataclass

from haoke.channels.rules.fields import field_text
from haoke.channels.rules.mails import Attachment, ParsedMail
from haoke.channels.rules.mime import read_fields

MAX_RECIPIENTS = 1000
MAX_TEXT = 200_000

_REFUSING_SENDERS = frozenset(("mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon"))
_REFUSING_SUBJECT = re.compile(
    r"退信|退件|投递失败|无法投递|無法投遞|無法傳遞|未送达|发送失败"
    r"|undeliver|delivery (status|failure|failed|has failed)"
    r"|failure notice|returned mail|return(ed)? to sender|mail delivery|delivery.{0,20}fail|could not be delivered",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<!\d)([45]\d\d)(?=[ -])")
_ADDRESS = re.compile(r"[\w.+=%&'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
_MESSAGE_ID = re.compile(r"(?im)^[ \t]*>?[ \t]*message-id:[ \t]*(<[^<>\s]{1,900}>)")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One refused or delayed recipient. `action` is failed, delayed, delivered, relayed or expanded."""

    recipient: str
    status: str
    action: str
    diagnostic: str
    original_message_id: str

    @property
    def is_permanent(self) -> bool:
        return self.action == "failed" and not self.status.startswith("4")


def bounces_of(mail: ParsedMail) -> tuple[Bounce, ...]:
    """Return one entry per recipient a bounce speaks of: by RFC 3464, else by what mail systems write."""
    for attachment in mail.attachments:
        is_report = attachment.media_type in ("message/delivery-status", "message/global-delivery-status")
        if is_report and (found := _reported(attachment.content, _original_message_id(mail))):
            return found
    return _written(mail) if _is_written_bounce(mail) else ()


def _reported(content: bytes, original: str) -> tuple[Bounce, ...]:
    bounces = []
    # A report is groups of fields with blank lines between them: the first about the mail, then one per recipient.
    lines = re.sub(rb"\r\n?", b"\n", content[:MAX_TEXT])
    for group in re.split(rb"\n[ \t]*\n", lines)[:MAX_RECIPIENTS]:
        fields = {name: field_text(value, None) for name, value in read_fields(group.lstrip(b"\n"))[0]}
        recipient = _after_type(fields.get("final-recipient") or fields.get("original-recipient") or "")
        if not recipient and "action" not in fields:
            continue
        status = _STATUS.search(fields.get("status", ""))
        bounces.append(
            Bounce(
                recipient=recipient,
                status=status[1] if status else "",
                action=fields.get("action", "").partition(" ")[0].lower() or "failed",
                diagnostic=_after_type(fields.get("diagnostic-code", ""))[:1000],
                original_message_id=original,
            )
        )
    return tuple(bounces)


def _after_type(value: str) -> str:
    """Drop the type in front of `rfc822; wang@example.com` and the brackets some systems add."""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon and " " not in kind.strip() else value).strip().strip("<>")


def _original_message_id(mail: ParsedMail) -> str:
    for attachment in mail.attachments:
        if found := _id_in_copy(attachment):
            return found
    named = _MESSAGE_ID.search(mail.text[:MAX_TEXT])
    if named:
        return named[1]
    return mail.in_reply_to or next(reversed(mail.references), "")


def _id_in_copy(attachment: Attachment) -> str:
    if attachment.media_type not in (
        "message/rfc822",
        "text/rfc822-headers",
        "message/global",
        "message/global-headers",
    ):
        return ""
    fields, _ = read_fields(attachment.content.lstrip(b"\r\n"))
    found = re.search(rb"<[^<>\s]{1,900}>", next((value for name, value in fields if name == "message-id"), b""))
    return found[0].decode("utf-8", "ignore") if found else ""


def _is_written_bounce(mail: ParsedMail) -> bool:
    """Two signs are needed: a mail system as the sender, and words that speak of failed delivery."""
    if "x-failed-recipients" in mail.headers:
        return True
    sender = mail.sender
    is_system = sender is None or not sender.address or sender.local_part in _REFUSING_SENDERS
    has_empty_path = any(value.strip() == "<>" for value in mail.headers.every("return-path"))
    is_qmail = "this is the qmail-send program" in mail.text[:1000].lower()
    return (is_system or has_empty_path) and (is_qmail or bool(_REFUSING_SUBJECT.search(mail.subject)))


def _written(mail: ParsedMail) -> tuple[Bounce, ...]:
    text = mail.text[:MAX_TEXT]
    stated = _ADDRESS.findall(", ".join(mail.headers.every("x-failed-recipients")))
    system = mail.sender.address.lower() if mail.sender else ""
    own = {system, *(address.address.lower() for address in mail.to)}
    in_text = [address for address in _ADDRESS.findall(text) if address.lower() not in own]
    recipients = list(dict.fromkeys(stated or in_text[:1]))[:MAX_RECIPIENTS]
    status, code = _STATUS.search(text), _REPLY_CODE.search(text)
    place = status or code
    is_delay = (status or code or [""])[0].startswith("4") or "delay" in mail.subject.lower()
    return tuple(
        Bounce(
            recipient=recipient,
            status=status[1] if status else (f"{code[1][0]}.0.0" if code else ""),
            action="delayed" if is_delay else "failed",
            diagnostic=_line_around(text, place.start()) if place else "",
            original_message_id=_original_message_id(mail),
        )
        for recipient in recipients
    )


def _line_around(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:1000]
