"""Part an HTML reply from the mail repeated below it, where the mail program marked the place."""

import re

from haoke.channels.rules.html_text import text_of_html
from haoke.channels.rules.quoting import Reply

# Containers: what follows their end may be an answer again.
_CONTAINER = re.compile(
    r"""(?ix)<(?P<tag>div|blockquote|section|table)\b(?=[^<>]{0,1000}
    (?:class\s*=\s*["']?[^"'<>]{0,200}\b(?:gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|zmail_extra|ntes-mailmaster-quote|moz-cite-prefix)
    |type\s*=\s*["']?cite|id\s*=\s*["']?(?:isReplyContent|reply-intro|mail-editor-reference-message-container)))[^<>]{0,2000}>""",
)
# Marks: everything behind them is the repeated mail.
_MARK = re.compile(
    r"""(?i)<includetail\b|<div\b[^<>]{0,500}\bid\s*=\s*["']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference)\b"""
    r"""|<div\b[^<>]{0,300}\bclass\s*=\s*["']?OutlookMessageHeader"""
    r"""|<div\b[^<>]{0,300}>\s{0,20}(?:<[^<>]{0,200}>\s{0,20}){0,3}-{2,30}(?:&nbsp;|\s)*"""
    r"""(?:原始邮件|原始郵件|回复的原邮件|Original(?: Message)?|Replied Message)(?:&nbsp;|\s)*-{2,30}"""
)
_SPACE = re.compile(r"(?:\s|<br\s*/?>)*")
MAX_NEIGHBOURS = 5
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)[^<>]*>")


def split_reply_html(html: str) -> Reply:
    """Cut before the first mark; both pieces are fragments that sanitising makes whole.

    Without a known mark, with an answer below the quotation, or with nothing above it, all stays visible.
    """
    mark = _MARK.search(html)
    cuts = [mark.start()] if mark else []
    container = _CONTAINER.search(html)
    if container and not _says_something(html[_end_of(html, container) :]):
        cuts.append(container.start())
    cut = min(cuts, default=len(html))
    if cut == len(html) or not _says_something(html[:cut]):
        return Reply(html, "")
    return Reply(html[:cut], html[cut:])


def _end_of(html: str, container: re.Match[str]) -> int:
    """Find where a container closes, together with a neighbour: some programs part attribution and quotation."""
    end = _closing(html, container)
    for _ in range(MAX_NEIGHBOURS):
        space = _SPACE.match(html, end)
        following = _CONTAINER.match(html, space.end() if space else end)
        if not following:
            break
        end = _closing(html, following)
    return end


def _closing(html: str, container: re.Match[str]) -> int:
    """Count the tags of the container's name until they are even."""
    name, depth = container["tag"].lower(), 0
    for tag in _TAG.finditer(html, container.start()):
        if tag[2].lower() == name:
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag.end()
    return len(html)


def _says_something(html: str) -> bool:
    return bool(text_of_html(html).strip()) or "<img" in html.lower()
