"""Which type a file really has and which of them a browser may show by itself: decided by content, not by name."""

from __future__ import annotations

import re
import unicodedata

import puremagic

UNKNOWN = "application/octet-stream"
PLAIN_TEXT = "text/plain"

# Shown in place because nothing in them can run; everything else is a download.
SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)

LONGEST_NAME = 200


def detect_media_type(content: bytes, name: str) -> str:
    """The media type by the first bytes; text that names no other type is plain text, whatever its name claims."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if _looks_like_text(content[:4096]):
        return PLAIN_TEXT
    try:
        return puremagic.from_string(content[:65536], mime=True, filename=name) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN


def _looks_like_text(start: bytes) -> bool:
    for charset in ("utf-8", "gb18030"):
        try:
            text = start.decode(charset)
        except UnicodeDecodeError as error:
            # A character cut in two by our own limit is no sign of binary content.
            if error.start < len(start) - 4 or len(start) < 4096:
                continue
            text = start[: error.start].decode(charset)
        return not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f\x1b" for letter in text)
    return False


def safe_name(name: str) -> str:
    """A file name without folders, control characters or direction overrides; never empty, at most 200 characters."""
    flat = re.split(r"[\\/]", name)[-1]
    visible = "".join(letter for letter in flat if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    cleaned = visible.strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) <= LONGEST_NAME:
        return cleaned
    return (
        f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
        if dot and len(ending) <= 10
        else cleaned[:LONGEST_NAME]
    )
