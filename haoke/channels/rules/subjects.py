"""Strip from a subject what mail programs put in front of it, and put our own there once."""

import re

_PREFIX = re.compile(
    r"\s*(?:re|fwd?|aw|antw|wg|sv|vs|tr|rv|回复|答复|回覆|答覆|回復|转发|轉發|轉寄|自动回复|自動回覆|自動回復"
    r"|automatic reply|auto reply)\s*(?:[\[(（【]\d{1,4}[\])）】]|\^\d{1,4})?\s*[:：]\s*",
    re.IGNORECASE,
)
_REPLY_PREFIX = {"zh": "回复：", "en": "Re: "}


def bare_subject(subject: str) -> str:
    """Return the subject without its chain of prefixes, as in `回复：Re[2]: 答复: 退款` → `退款`."""
    at = 0
    while found := _PREFIX.match(subject, at):
        at = found.end()
    return subject[at:].strip()


def reply_subject(subject: str, language: str) -> str:
    """Return the subject of an answer, with one prefix in the customer's language (`zh…`, else English)."""
    prefix = _REPLY_PREFIX["zh" if language.lower().startswith("zh") else "en"]
    return (prefix + bare_subject(subject)).strip()
