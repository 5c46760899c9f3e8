"""Hands one mail to an outgoing server over SMTP, and says exactly what is known about the outcome."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from haoke.channels.choices import Cause, OutgoingSecurity
from haoke.channels.rules.delivery import HandOver, Refusals, Refused

# For every single answer of the server.
TIMEOUT_SECONDS = 30

# Says, and commits, that the mail begins to leave for these addresses; False where somebody else was faster.
Claim = Callable[[tuple[str, ...], Refusals], bool]


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to leave: whom the envelope names, and its bytes."""

    server: Server
    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)


def hand_over(letter: Letter, *, claim: Claim) -> HandOver | None:
    """Talks to the server once; None where the claim was refused and nothing was sent.

    Up to the claim nothing has left, so every trouble is worth another try. After it only the server's answer tells.
    """
    try:
        smtp = _connect(letter.server, _greeting_name(letter.sender))
    except ssl.SSLError as trouble:
        return HandOver(cause=Cause.NOT_SECURE, failure=_words_of(trouble))
    except (smtplib.SMTPException, OSError, ValueError) as trouble:
        return HandOver(cause=Cause.UNREACHABLE, failure=_words_of(trouble))
    try:
        return _protect(smtp, letter.server) or _sign_in(smtp, letter.server) or _talk(smtp, letter, claim)
    except (smtplib.SMTPException, OSError) as trouble:
        return HandOver(cause=Cause.UNREACHABLE, failure=_words_of(trouble))
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()


def _connect(server: Server, greeting_name: str) -> smtplib.SMTP:
    if server.security == OutgoingSecurity.TLS:
        return smtplib.SMTP_SSL(
            server.host, server.port, greeting_name, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    return smtplib.SMTP(server.host, server.port, greeting_name, timeout=TIMEOUT_SECONDS)


def _greeting_name(sender: str) -> str:
    """We introduce ourselves by the mailbox's domain; the name of the machine is nobody's business."""
    domain = _on_the_line(sender).rpartition("@")[2]
    return domain if domain.isascii() and domain else "localhost"


def _on_the_line(address: str) -> str:
    """The address as servers read it: a Chinese domain in its ASCII form."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _protect(smtp: smtplib.SMTP, server: Server) -> HandOver | None:
    """None when the line is as safe as the mailbox asks."""
    if server.security != OutgoingSecurity.STARTTLS:
        return None
    try:
        code, words = smtp.starttls(context=ssl.create_default_context())
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as trouble:
        return HandOver(cause=Cause.NOT_SECURE, failure=_words_of(trouble))
    return None if code == 220 else HandOver(cause=Cause.NOT_SECURE, failure=f"{code} {_text(words)}")


def _sign_in(smtp: smtplib.SMTP, server: Server) -> HandOver | None:
    """None when the server knows us, or need not."""
    if not server.user:
        return None
    try:
        smtp.login(server.user, server.password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, UnicodeError) as trouble:
        return HandOver(cause=Cause.CREDENTIALS, failure=_words_of(trouble))
    return None


def _talk(smtp: smtplib.SMTP, letter: Letter, claim: Claim) -> HandOver | None:
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(_on_the_line(letter.sender), _options(smtp, letter))
    if code != 250:
        return _nobody(letter.recipients, code, words)
    taken: list[str] = []
    refusals: dict[str, Refused] = {}
    for address in letter.recipients:
        code, words = _name_recipient(smtp, address)
        if code in (250, 251):
            taken.append(address)
        else:
            refusals[address] = _refused(code, words)
    if not taken:
        is_final = all(each["is_final"] for each in refusals.values())
        cause = Cause.RECIPIENTS if is_final else Cause.POSTPONED
        return HandOver(refusals=refusals, cause=cause, failure=_text(words))
    if not claim(tuple(taken), refusals):
        return None
    return _transmit(smtp, letter.content, tuple(taken), refusals)


def _options(smtp: smtplib.SMTP, letter: Letter) -> list[str]:
    options = [f"size={len(letter.content)}"] if smtp.has_extn("size") else []
    if not letter.content.isascii() and smtp.has_extn("8bitmime"):
        options.append("body=8bitmime")
    if not all(_on_the_line(each).isascii() for each in (letter.sender, *letter.recipients)) and smtp.has_extn(
        "smtputf8"
    ):
        options.append("smtputf8")
    return options


def _name_recipient(smtp: smtplib.SMTP, address: str) -> tuple[int, bytes]:
    try:
        return smtp.rcpt(_on_the_line(address))
    except UnicodeEncodeError:
        return 553, b"5.6.7 The outgoing server does not carry addresses outside ASCII (SMTPUTF8)"


def _transmit(smtp: smtplib.SMTP, content: bytes, taken: tuple[str, ...], refusals: Refusals) -> HandOver:
    try:
        code, words = smtp.data(content)
    except smtplib.SMTPDataError as answer:
        # The server refused to listen at all, so nothing left.
        code, words = answer.smtp_code, _bytes(answer.smtp_error)
    except (smtplib.SMTPException, OSError) as trouble:
        return _unknown(taken, refusals, _words_of(trouble))
    if 200 <= code < 300:
        return HandOver(taken=taken, refusals=refusals)
    if not 400 <= code < 600:
        return _unknown(taken, refusals, _text(words))
    nobody = _nobody(taken, code, words)
    return HandOver(refusals={**refusals, **nobody.refusals}, cause=nobody.cause, failure=nobody.failure)


def _unknown(taken: tuple[str, ...], refusals: Refusals, failure: str) -> HandOver:
    return HandOver(refusals=refusals, is_unknown=True, cause=Cause.LINE_LOST, failure=failure)


def _nobody(addresses: tuple[str, ...], code: int, words: bytes) -> HandOver:
    """The server spoke about the mail as a whole."""
    if code >= 500:
        refused = {address: _refused(code, words) for address in addresses}
        return HandOver(refusals=refused, cause=Cause.REJECTED, failure=f"{code} {_text(words)}")
    return HandOver(cause=Cause.POSTPONED, failure=f"{code} {_text(words)}")


def _refused(code: int, words: bytes) -> Refused:
    return Refused(code=code, text=_text(words), is_final=code >= 500)


def _words_of(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{trouble.smtp_code} {_text(_bytes(trouble.smtp_error))}"
    return str(trouble)[:500] or type(trouble).__name__


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _text(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").replace("\0", "").split())[:500]
