"""The door to the pure rules of mail: reading, judging, threading, showing and writing it."""

from .automatic import automatic_reason
from .bounces import Bounce, bounce_of, bounces_of
from .caps import (
    ANSWER_CAPS,
    CONVERSATION_CAPS,
    RECIPIENT_CAPS,
    AutomaticCapReached,
    Cap,
    check_automatic_cap,
    may_write_automatically,
    next_allowed,
)
from .charsets import decode
from .composing import UnsendableValue, compose
from .describing import describe
from .identity import content_identity
from .mails import Address, Attachment, Headers, ParsedMail
from .parsing import parse_mail
from .quoting import Reply, split_reply
from .quoting_html import split_reply_html
from .sanitising import CleanHtml, clean_html
from .subjects import bare_subject, reply_subject
from .threading import (
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
    "bounce_of",
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
    "next_allowed",
    "outgoing_message_id",
    "parse_mail",
    "reply_subject",
    "split_reply",
    "split_reply_html",
    "subject_token",
    "thread_ids",
]
