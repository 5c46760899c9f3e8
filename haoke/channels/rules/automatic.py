"""Decide whether a machine wrote a mail: a verdict with its reason; what to do about it the caller decides.

The rules are the union of those known from other help desks (HELPDESK 2.3), RFC 3834 first among them.
"""

import re
from collections.abc import Callable

from haoke.channels.rules.mails import ParsedMail

_SUPPRESSING = frozenset(("all", "dr", "autoreply"))
_BULK = frozenset(("bulk", "junk", "list", "auto_reply", "auto-reply"))
_ANSWERING_MACHINES = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")
_SYSTEM_SENDERS = frozenset(("mailer-daemon", "mailerdaemon", "postmaster"))
_YES = frozenset(("yes", "true", "1"))
_NO = frozenset(("no", "false", "0"))
_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(自动回复|自動回覆|自動回復|自动答复|auto(matic)?[ -]?(reply|response)|out of office)\s*[:：]",
    re.IGNORECASE,
)


def automatic_reason(mail: ParsedMail, own_names: frozenset[str]) -> str | None:
    """Return the code of the first rule that tells a machine's mail, or None for a person's.

    `own_names` are the host names and addresses under which this installation itself sends. A web
    form's mail may be automatic too: it must be answered by people, but never by another machine.
    """
    names = frozenset(name.lower() for name in own_names)
    return next((code for code, applies in _RULES if applies(mail, names)), None)


def _is_report(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return mail.media_type == "multipart/report" and mail.report_type in ("delivery-status", "")


def _is_receipt(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return mail.media_type == "multipart/report"


def _has_own_message_id(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return mail.message_id.rstrip(">").rpartition("@")[2].lower() in own_names


def _has_own_loop_mark(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    marks = (*mail.headers.every("x-rt-loop-prevention"), *mail.headers.every("x-loop"))
    return any(mark.strip().lower() in own_names for mark in marks)


def _is_out_of_office(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return "x-ms-exchange-inbox-rules-loop" in mail.headers


def _is_auto_submitted(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    values = (_first_word(value) for value in mail.headers.every("auto-submitted"))
    return any(value not in ("", "no") for value in values)


def _suppresses_answers(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    values = ",".join(mail.headers.every("x-auto-response-suppress")).lower()
    return not _SUPPRESSING.isdisjoint(re.split(r"[\s,;]+", values))


def _is_bulk(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    values = (*mail.headers.every("precedence"), *mail.headers.every("x-precedence"))
    return any(_first_word(value) in _BULK for value in values)


def _is_answering_machine(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return any(_first_word(value) not in _NO for name in _ANSWERING_MACHINES for value in mail.headers.every(name))


def _is_looping(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return any(_first_word(value) in _YES for value in mail.headers.every("x-loop"))


def _came_through_autoresponder(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return any("autoresponder" in value.lower() for value in mail.headers.every("delivered-to"))


def _is_from_a_list(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return "list-id" in mail.headers or "list-unsubscribe" in mail.headers


def _has_empty_return_path(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return any(re.sub(r"\s", "", value) == "<>" for value in mail.headers.every("return-path"))


def _is_from_the_mail_system(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    if mail.sender is None:
        return False
    return mail.sender.local_part in _SYSTEM_SENDERS or (
        not mail.sender.address and mail.sender.name.lower() in _SYSTEM_SENDERS
    )


def _has_no_sender(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return mail.sender is None or not mail.sender.address or "sender_missing" in mail.defects


def _is_machine_generated(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return any(_first_word(value) in _YES for value in mail.headers.every("x-fc-machinegenerated"))


def _has_automatic_subject(mail: ParsedMail, own_names: frozenset[str]) -> bool:
    return bool(_AUTOMATIC_SUBJECT.match(mail.subject))


def _first_word(value: str) -> str:
    """The value without parameters and comments, as in `auto-replied (vacation); owner=…`."""
    words = re.split(r"[\s;(,]+", value.strip().lower(), maxsplit=1)
    return words[0]


# The most telling reason first: a mail that several rules catch is named by the first.
_RULES: tuple[tuple[str, Callable[[ParsedMail, frozenset[str]], bool]], ...] = (
    ("delivery_report", _is_report),
    ("receipt", _is_receipt),
    ("own_message_id", _has_own_message_id),
    ("own_loop_mark", _has_own_loop_mark),
    ("out_of_office", _is_out_of_office),
    ("auto_submitted", _is_auto_submitted),
    ("auto_response_suppress", _suppresses_answers),
    ("precedence", _is_bulk),
    ("answering_machine", _is_answering_machine),
    ("loop", _is_looping),
    ("autoresponder", _came_through_autoresponder),
    ("mailing_list", _is_from_a_list),
    ("empty_return_path", _has_empty_return_path),
    ("system_sender", _is_from_the_mail_system),
    ("sender_missing", _has_no_sender),
    ("machine_generated", _is_machine_generated),
    ("automatic_subject", _has_automatic_subject),
)
