"""Write the text of an HTML mail for reading and searching, with its layout if that is affordable."""

import html as entities
import re
from collections.abc import Iterator

from inscriptis import get_text
from lxml.etree import LxmlError

MAX_LAYOUT_CHARACTERS = 1_000_000
# Columns are padded with spaces: cells times length bounds the size of the result.
MAX_LAYOUT_WORK = 60_000_000
MAX_TAGS = 30_000

_TAG = re.compile(r"(<!--|<[a-zA-Z/!?][^<>]*>)")
_TAG_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_CELL = re.compile(r"(?i)<t[dh]\b")
# fmt: off
_BREAKING = frozenset((
    "br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
    "hr", "section", "article", "header", "footer",
))
# fmt: on
_SILENT = frozenset(("script", "style", "head", "title"))
_TRAILING_SPACE = re.compile(r"[ \t\u00a0]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return the visible text; never raises, and takes time in proportion to the length."""
    size = len(html)
    is_affordable = (
        size <= MAX_LAYOUT_CHARACTERS
        and html.count("<") <= MAX_TAGS
        and size * len(_CELL.findall(html)) <= MAX_LAYOUT_WORK
    )
    text = _laid_out(html) if is_affordable else None
    if text is None or (not text.strip() and html.strip()):
        text = _without_tags(html)
    return _BLANK_LINES.sub("\n\n", _TRAILING_SPACE.sub("", text)).strip()


def _laid_out(html: str) -> str | None:
    try:
        return str(get_text(html))
    except (ValueError, RecursionError, LxmlError, AssertionError, AttributeError, IndexError, KeyError, TypeError):
        # The library was written for web pages; a mail it cannot lay out is still read without layout.
        return None


def _without_tags(html: str) -> str:
    return entities.unescape("".join(_visible_pieces(html)))


def _visible_pieces(html: str) -> Iterator[str]:
    silent = ""
    is_comment = False
    for piece in _TAG.split(html):
        if is_comment:
            _, ends, piece = piece.partition("-->")
            is_comment = not ends
        if piece == "<!--":
            is_comment = True
            continue
        if not piece.startswith("<") or not (name := _TAG_NAME.match(piece)):
            if not silent and not piece.startswith(("<!", "<?")):
                yield re.sub(r"\s+", " ", piece)
            continue
        tag = name[1].lower()
        if silent:
            silent = "" if piece.startswith("</") and tag == silent else silent
        elif tag in _SILENT and not piece.startswith("</"):
            silent = tag
        elif tag in _BREAKING:
            yield "\n"
