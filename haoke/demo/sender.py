"""Hands a customer's mail to the company's mail server over real SMTP, as the customer's provider would."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from django.conf import settings

from haoke.core.env import EVERYWHERE

TIMEOUT_SECONDS = 20


class NotTaken(Exception):
    """The server did not take the mail; `is_final` where asking again would change nothing."""

    def __init__(self, words: str, *, is_final: bool) -> None:
        super().__init__(words)
        self.words = words
        self.is_final = is_final


def hand_over(content: bytes, *, sender: str, recipient: str) -> None:
    """Delivers one mail to the address where we take mail in. Raises NotTaken."""
    env = settings.ENV
    host = "127.0.0.1" if env.smtp_host in EVERYWHERE else env.smtp_host
    try:
        smtp = smtplib.SMTP(host, env.smtp_port, "customer.example", timeout=TIMEOUT_SECONDS)
        try:
            smtp.sendmail(sender, [recipient], content)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
    except smtplib.SMTPRecipientsRefused as refusal:
        raise _answered(*refusal.recipients[recipient]) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _answered(refusal.smtp_code, refusal.smtp_error) from refusal
    except (smtplib.SMTPException, OSError) as trouble:
        raise NotTaken(str(trouble)[:500] or type(trouble).__name__, is_final=False) from trouble


def _answered(code: int, words: bytes | str) -> NotTaken:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return NotTaken(f"{code} {' '.join(text.split())}"[:500], is_final=code >= 500)
