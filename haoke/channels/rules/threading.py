"""Decide by signed message ids and subject tokens which conversation a mail belongs to."""

import hashlib
import hmac
import re
from collections.abc import Sequence

from haoke.channels.rules.mails import ParsedMail

# Exchange refuses References beyond 32 kB (HELPDESK 2.2).
MAX_REFERENCES_BYTES = 30_000
_SIGNATURE_CHARACTERS = 20

_OWN_ID = re.compile(
    r"<?hk\.([1-9][0-9]{0,18})\.([1-9][0-9]{0,18})\.([0-9a-f]{20})@[^\s<>@]+>?", re.IGNORECASE | re.ASCII
)
_TOKEN = re.compile(r"\[HK-([1-9][0-9]{0,18})\]", re.IGNORECASE | re.ASCII)


def outgoing_message_id(conversation_id: int, message_id: int, secret: bytes, domain: str) -> str:
    """Return the Message-ID for one of our mails; nobody without the secret can make one up."""
    return f"<hk.{conversation_id}.{message_id}.{_signature(conversation_id, message_id, secret)}@{domain}>"


def conversation_in_message_id(message_id: str, secret: bytes) -> int | None:
    """Return the conversation named by a Message-ID of ours, None if it is foreign or forged."""
    numbers = numbers_in_message_id(message_id, secret)
    return numbers[0] if numbers else None


def numbers_in_message_id(message_id: str, secret: bytes) -> tuple[int, int] | None:
    """Return the conversation and the outgoing mail named by a Message-ID of ours, None if it is foreign or forged.

    The domain is not signed: relays rewrite it, and it decides nothing.
    """
    found = _OWN_ID.fullmatch(message_id.strip())
    if not found:
        return None
    conversation, message = int(found[1]), int(found[2])
    expected = _signature(conversation, message, secret)
    return (conversation, message) if hmac.compare_digest(found[3].lower(), expected) else None


def subject_token(conversation_id: int) -> str:
    """Return the mark that names a conversation in a subject."""
    return f"[HK-{conversation_id}]"


def conversation_in_subject(subject: str) -> int | None:
    """Return the conversation a subject names. It is unsigned: the caller must check the sender (zammad#5064)."""
    found = _TOKEN.search(subject)
    return int(found[1]) if found else None


def thread_ids(mail: ParsedMail) -> tuple[str, ...]:
    """Return the ids of the mails this one answers, newest first, each once."""
    answered = (mail.in_reply_to,) if mail.in_reply_to else ()
    return tuple(dict.fromkeys((*answered, *reversed(mail.references))))


def limit_references(references: Sequence[str], max_bytes: int = MAX_REFERENCES_BYTES) -> tuple[str, ...]:
    """Keep the first id, which began the thread, and as many of the newest as fit; order stays."""
    unique = list(dict.fromkeys(references))
    if not unique or _size(unique[0]) > max_bytes:
        return ()
    room = max_bytes - _size(unique[0])
    newest: list[str] = []
    for reference in reversed(unique[1:]):
        if _size(reference) > room:
            break
        room -= _size(reference)
        newest.append(reference)
    return (unique[0], *reversed(newest))


def _signature(conversation_id: int, message_id: int, secret: bytes) -> str:
    if not secret:
        raise ValueError("an empty secret signs nothing")
    signed = f"message-id:{conversation_id}.{message_id}".encode("ascii")
    return hmac.new(secret, signed, hashlib.sha256).hexdigest()[:_SIGNATURE_CHARACTERS]


def _size(reference: str) -> int:
    """The bytes an id takes in the header, its fold included."""
    return len(reference.encode("utf-8")) + 3
