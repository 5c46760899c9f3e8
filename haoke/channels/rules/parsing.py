"""Read any bytes as a mail: never raise, never hang, and say what had to be repaired."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from haoke.channels.rules.addresses import addresses
from haoke.channels.rules.bodies import content_of
from haoke.channels.rules.fields import field_text, one_line, raw_text
from haoke.channels.rules.mails import Address, Headers, ParsedMail
from haoke.channels.rules.mime import Part, cut_into_parts

MAX_REFERENCES = 1000
MAX_ID_CHARACTERS = 998
MAX_HEADER_BYTES = 20_000
EARLIEST_YEAR = 1970
LATEST_YEAR = 2100

_MESSAGE_ID = re.compile(r"<([^<>]{1,998})>")


def parse_mail(raw: bytes) -> ParsedMail:
    """Return the mail in `raw`, whatever `raw` is.

    The work is in proportion to the size: one walk cuts the parts (at most 100 deep and 2,000 in all),
    every further step looks at each byte a bounded number of times.
    """
    defects: set[str] = set()
    root = cut_into_parts(raw, defects)
    hint = _charset_hint(root)
    content = content_of(root, hint, defects)
    if not content.text.strip() and not content.html.strip():
        defects.add("body_missing")
    subject = field_text(root.first("subject"), hint, defects)
    sender, sent_at = _sender(root, hint, defects), _sent_at(root, hint, defects)
    message_ids = _message_ids(root, "message-id", hint)
    if not message_ids:
        defects.add("message_id_missing")
    return ParsedMail(
        sender=sender,
        reply_to=next(iter(_addresses(root, "reply-to", hint)), None),
        to=_addresses(root, "to", hint),
        cc=_addresses(root, "cc", hint),
        subject=subject,
        sent_at=sent_at,
        text=content.text,
        html=content.html,
        attachments=tuple(content.attachments),
        message_id=next(iter(message_ids), ""),
        in_reply_to=next(iter(_message_ids(root, "in-reply-to", hint)), ""),
        references=_message_ids(root, "references", hint),
        media_type=root.declared_type,
        report_type=root.type_parameters.get("report-type", "").lower(),
        headers=Headers(tuple((name, _header_value(value, hint)) for name, value in root.fields)),
        defects=tuple(sorted(defects)),
    )


def _charset_hint(root: Part) -> str | None:
    """Suppose that raw header bytes use the charset of the first text that names one."""
    labels = (leaf.type_parameters.get("charset") for leaf in root.leaves())
    return next((label for label in labels if label), None)


def _header_value(value: bytes, hint: str | None) -> str:
    return field_text(value[:MAX_HEADER_BYTES], hint)


def _addresses(root: Part, name: str, hint: str | None) -> tuple[Address, ...]:
    return addresses(raw_text(b", ".join(value for field, value in root.fields if field == name), hint))


def _sender(root: Part, hint: str | None, defects: set[str]) -> Address | None:
    """Take From, the first with an address; where it is missing, the Sender who sent it for somebody."""
    stated = _addresses(root, "from", hint)
    if not any(address.address for address in stated):
        defects.add("sender_missing")
    candidates = (*stated, *_addresses(root, "sender", hint))
    return next((address for address in candidates if address.address), next(iter(candidates), None))


def _sent_at(root: Part, hint: str | None, defects: set[str]) -> datetime | None:
    """Read the date; one without a zone is taken as UTC, one outside living memory as a mistake."""
    stated = field_text(root.first("date"), hint)[:200]
    if not stated:
        defects.add("date_missing")
        return None
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        defects.add("date_unreadable")
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        defects.add("date_implausible")
        return None
    return moment


def _message_ids(root: Part, name: str, hint: str | None) -> tuple[str, ...]:
    """Return the ids of a field in their order, each once and in angle brackets, also where those were left out."""
    text = " ".join(one_line(raw_text(value, hint)) for field, value in root.fields if field == name)
    found = _MESSAGE_ID.findall(text) or [word for word in text.split() if "@" in word] or text.split()[:1]
    ids = dict.fromkeys(re.sub(r"[\s<>,;]+", "", each)[:MAX_ID_CHARACTERS] for each in found[:MAX_REFERENCES])
    return tuple(f"<{each}>" for each in ids if each)
