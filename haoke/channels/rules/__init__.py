"""The door to the pure rules of mail: reading, judging, threading, showing and writing it."""

from haoke.channels.rules.automatic import automatic_reason
from haoke.channels.rules.bounces import Bounce, bounces_of
from haoke.channels.rules.caps import (
    ANSWER_CAPS,
    CONVERSATION_CAPS,
    RECIPIENT_CAPS,
    AutomaticCapReached,
    Cap,
    check_automatic_cap,
    may_write_automatically,
)
from haoke.channels.rules.charsets import decode
from haoke.channels.rules.composing import UnsendableValue, compose
from haoke.channels.rules.describing import describe
from haoke.channels.rules.identity import content_identity
from haoke.channels.rules.mails import Address, Attachment, Headers, ParsedMail
from haoke.channels.rules.parsing import parse_mail
from haoke.channels.rules.quoting import Reply, split_reply
from haoke.channels.rules.quoting_html import split_reply_html
from haoke.channels.rules.sanitising import CleanHtml, clean_html
from haoke.channels.rules.subjects import bare_subject, reply_subject
from haoke.channels.rules.threading import (
    MAX_REFERENCES_BYTES,
    conversation_in_message_id,
    conversation_in_subject,
    limit_references,
    outgoing_message_id,
    subject_token,
    thread_ids,
)

__all__ = [
    "ANSWER_CAPS",
    "CONVERSATION_CAPS",
    "MAX_REFERENCES_BYTES",
    "RECIPIENT_CAPS",
    "Address",
    "Attachment",
    "AutomaticCapReached",
    "Bounce",
    "Cap",
    "CleanHtml",
    "Headers",
    "ParsedMail",
    "Reply",
    "UnsendableValue",
    "automatic_reason",
    "bare_subject",
    "bounces_of",
    "check_automatic_cap",
    "clean_html",
    "compose",
    "content_identity",
    "conversation_in_message_id",
    "conversation_in_subject",
    "decode",
    "describe",
    "limit_references",
    "may_write_automatically",
    "outgoing_message_id",
    "parse_mail",
    "reply_subject",
    "split_reply",
    "split_reply_html",
    "subject_token",
    "thread_ids",
]
