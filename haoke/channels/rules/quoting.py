"""Part a reply into what the customer wrote now and what the mail program repeated below it.

One cut, nothing lost: visible and quoted text together are the whole. Answers written between quoted
lines stay visible with the quotation they answer; only what trails behind the last own line is cut.
"""

import re
from dataclasses import dataclass

MAX_LINE = 1000
# An attribution such as "On … wrote:" may be folded over this many lines.
MAX_ATTRIBUTION_LINES = 4

_QUOTE = re.compile(r"\s{0,3}[>＞|]")
_SEPARATOR = re.compile(
    r"\s*[-–—_=*]{2,}\s*(?:original(?: message| appointment)?|replied message|reply message"
    r"|原始邮件|原始郵件|原邮件|原郵件|原始信息"
    r"|回复的原邮件|回复的邮件|ursprüngliche nachricht)\s*[-–—_=*]{2,}\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[-_—=*─]{10,}\s*$")
_ATTRIBUTION_START = re.compile(
    r"\s*(?:on\b|at \d|am \d|le \d|el \d|在|于|於|\d{4}\s*[-年/.]"
    r"|[^<>]{0,80}<[^<>\s]+@[^<>\s]+>|[\"“「][^<>]{0,80}[\"”」])",
    re.IGNORECASE,
)
_ATTRIBUTION_END = re.compile(
    r"(?:wrote|writes|schrieb[^:]{0,80}|写道|寫道|写了|写到|來信|的邮件|a écrit|escribió)\s*[:：]\s*$", re.IGNORECASE
)
_DATED = re.compile(r"\d{1,4}\s*[-/.年:,]|\d{1,2}:\d\d|@|\b(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_SENDER_FIELD = re.compile(
    r"[\s*>]*(?:from|sender|发件人|发自|发送人|寄件者|寄件人|von|de)\s*[*]?\s*[:：]", re.IGNORECASE
)
_OTHER_FIELD = re.compile(
    r"[\s*>]*(?:sent|sent at|date|to|recipient|cc|subject|reply-to"
    r"|发送时间|发送日期|发件时间|发送|时间|日期|傳送時間|寄件日期|收件人|收件者|抄送"
    r"|副本|主题|主旨|主題|主\s*[题題]|gesendet|an|betreff|envoyé|objet)\s*[*]?\s*[:：]",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\s*(?:sent (?:from|via) "
    r"(?:my (?:[\w-]+[ ]?){1,4}|mail for windows.{0,10}|outlook.{0,60}|yahoo mail.{0,40}|\w{1,20})"
    r"|(?:get|获取|下载|取得)\s*outlook (?:for|适用于|iOS).{0,80}"
    r"|发自我的.{1,30}|来自我的.{1,30}|從我的.{1,30}傳送|从我的.{1,30}发送"
    r"|发自.{1,15}(?:邮箱|邮件|手机|客户端|大师).{0,40}|来自.{1,15}(?:邮箱|邮件|手机|客户端).{0,40}|發自我的.{1,30}|由网易邮箱大师发送.{0,20})\s*[.。]?\s*$",
    re.IGNORECASE,
)
_SIGNATURE_MARK = re.compile(r"--[ \t]?$|—[ \t]*$|_{10,}\s*$")
MAX_SIGNATURE_LINES = 12


@dataclass(frozen=True, slots=True)
class Reply:
    """The two pieces of a text; `visible + quoted` is the text itself."""

    visible: str
    quoted: str


def split_reply(text: str) -> Reply:
    """Cut off the repeated mail and what programs add above it; a text that is all quotation stays visible."""
    lines = text.splitlines(keepends=True)
    bare = [line.rstrip()[:MAX_LINE].lstrip("\ufeff\u200b") for line in lines]
    cut = _without_tail(bare, min(_strong_cut(bare), _trailing_quote(bare)))
    if cut == len(lines) or not any(line.strip() for line in bare[:cut]):
        return Reply(text, "")
    at = len("".join(lines[:cut]).rstrip())
    return Reply(text[:at], text[at:])


def _strong_cut(lines: list[str]) -> int:
    """Find the first mark after which everything is the repeated mail, prefixed or not."""
    last_own = _last_own_line(lines)
    for number, line in enumerate(lines):
        if _SEPARATOR.match(line):
            return number
        if _SENDER_FIELD.match(line) and _is_field_block(lines, number):
            return number
        length = _attribution_length(lines, number)
        if length and not _answers_below(lines, number + length, last_own):
            return number
    return len(lines)


def _is_field_block(lines: list[str], number: int) -> bool:
    """The fields of the repeated mail stand together: two more of them right after its sender."""
    following = [line for line in lines[number + 1 : number + 9] if line.strip()][:4]
    return sum(bool(_OTHER_FIELD.match(line)) for line in following) >= 2


def _attribution_length(lines: list[str], number: int) -> int:
    """Return how many lines an attribution that begins here takes; 0 if none does."""
    if not _ATTRIBUTION_START.match(lines[number]) or _QUOTE.match(lines[number]):
        return 0
    for length in range(1, MAX_ATTRIBUTION_LINES + 1):
        if number + length > len(lines) or not lines[number + length - 1].strip():
            return 0
        if (
            length > 1
            and _ATTRIBUTION_START.match(lines[number + length - 1])
            and lines[number + length - 1][:3].lower() == "on "
        ):
            return 0
        if _ATTRIBUTION_END.search(lines[number + length - 1]):
            return length if _DATED.search(" ".join(lines[number : number + length])) else 0
    return 0


def _answers_below(lines: list[str], number: int, last_own: int) -> bool:
    """Where the repeated lines carry a quote mark, unmarked lines further down are answers."""
    first = next((line for line in lines[number : number + 5] if line.strip()), "")
    return bool(_QUOTE.match(first)) and last_own >= number


def _last_own_line(lines: list[str]) -> int:
    """The last line that is neither blank, quoted, nor part of a signature below the quotation."""
    end = _before_signature(lines, len(lines))
    return next(
        (number for number in range(end - 1, -1, -1) if lines[number].strip() and not _QUOTE.match(lines[number])), -1
    )


def _trailing_quote(lines: list[str]) -> int:
    """Find where the run of quoted lines at the end begins, a signature below it left aside."""
    end = _before_signature(lines, len(lines))
    cut = end
    for number in range(end - 1, -1, -1):
        if _QUOTE.match(lines[number]):
            cut = number
        elif lines[number].strip():
            break
    if cut == end:
        return len(lines)
    return _above_attribution(lines, cut)


def _above_attribution(lines: list[str], cut: int) -> int:
    above = cut
    while above > 0 and not lines[above - 1].strip():
        above -= 1
    for start in range(above - 1, max(-1, above - 1 - MAX_ATTRIBUTION_LINES), -1):
        if _attribution_length(lines, start) == above - start:
            return start
    return cut


def _without_tail(lines: list[str], cut: int) -> int:
    """Move the cut up over blank lines, rules, device lines and a signature."""
    while cut > 0:
        line = lines[cut - 1]
        if not line.strip() or _RULE.match(line) or _DEVICE.match(line):
            cut -= 1
            continue
        above = _before_signature(lines, cut)
        if above == cut:
            break
        cut = above
    return cut


def _before_signature(lines: list[str], end: int) -> int:
    """Return where a signature set off by its mark begins, if one ends here; else `end`."""
    for number in range(end - 1, max(-1, end - 1 - MAX_SIGNATURE_LINES), -1):
        if _QUOTE.match(lines[number]):
            return end
        if _SIGNATURE_MARK.match(lines[number]):
            above = number
            return above
    return end
