"""Read header fields as people meant them: broken encoded words, raw bytes, split parameters."""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from haoke.channels.rules.charsets import clean, decode

MAX_FIELD_CHARACTERS = 500_000
MAX_PARAMETERS = 500

_ENCODED_WORD = re.compile(r"=\?\s*([^?\s]{0,60})\s*\?\s*([bBqQ])\s*\?((?:(?!=\?[^=]).)*?)(?:\?=|\?\Z|\Z)", re.DOTALL)
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SECTION = re.compile(r"^(.*?)(?:\*(\d{1,4}))?(\*?)$")


def unfold(lines: list[bytes]) -> bytes:
    """Join the lines of one field; a fold counts as one space."""
    return b" ".join(line.strip() for line in lines).strip()


def field_text(value: bytes, hint: str | None, defects: set[str] | None = None) -> str:
    """Return a field as readable text; `hint` is the charset to suppose for raw bytes."""
    return one_line(decode_words(raw_text(value, hint, defects), defects))


def raw_text(value: bytes, hint: str | None, defects: set[str] | None = None) -> str:
    """Turn the bytes of a field into characters, leaving encoded words as they stand."""
    if not value.isascii():
        if defects is not None:
            defects.add("header_not_ascii")
    elif b"\x1b" not in value:
        hint = None
    text, _ = decode(value[:MAX_FIELD_CHARACTERS], hint)
    return text


def decode_words(text: str, defects: set[str] | None = None) -> str:
    """Decode every encoded word; neighbours of one charset are joined first, as they may share a character."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    waiting, charset, end = b"", "", 0
    for word in _ENCODED_WORD.finditer(text):
        between = text[end : word.start()]
        label = word[1].partition("*")[0].lower()
        if waiting and (between.strip() or label != charset):
            pieces.append(_word_text(waiting, charset, defects))
            waiting = b""
        if between.strip() or end == 0:
            pieces.append(between)
        waiting += _word_bytes(word[2], word[3])
        charset, end = label, word.end()
    if waiting:
        pieces.append(_word_text(waiting, charset, defects))
    pieces.append(text[end:])
    return clean("".join(pieces))


def one_line(text: str) -> str:
    """Keep a value on one line: whatever controls it holds become a space."""
    return _CONTROL.sub(" ", text).strip()


def parameters(value: bytes, hint: str | None) -> dict[str, str]:
    """Return the parameters of a field such as Content-Type: quoted or not, split, percent-encoded or raw.

    RFC 2231 with its sections, RFC 2047 words where they do not belong, and missing quotes are all read.
    """
    text = raw_text(value, hint)
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for name, content in _pairs(text):
        match = _SECTION.match(name)
        assert match is not None
        sections.setdefault(match[1], []).append((int(match[2] or 0), bool(match[3]), content))
    return {name: _parameter(pieces) for name, pieces in sections.items()}


def _word_text(content: bytes, charset: str, defects: set[str] | None) -> str:
    text, defect = decode(content, charset)
    if defect and defects is not None:
        defects.add("header_" + defect)
    return text


def _word_bytes(encoding: str, payload: str) -> bytes:
    content = payload.encode("utf-8")
    if encoding in "qQ":
        spaced = content.replace(b"_", b" ")
        return _QUOTED_BYTE.sub(lambda code: bytes.fromhex(code[1].decode()), spaced)
    return b"".join(_base64(piece) for piece in content.split(b"="))


def _base64(content: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content.replace(b"-", b"+").replace(b"_", b"/"))
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Split at semicolons outside quotation marks; what has no equals sign is skipped."""
    for count, (piece, quoted) in enumerate(_split(text)):
        if count > MAX_PARAMETERS:
            return
        name, equals, content = piece.partition("=")
        if equals:
            yield name.strip().lower(), (quoted if quoted is not None else content.strip().strip("'"))


def _split(text: str) -> Iterator[tuple[str, str | None]]:
    at = 0
    while at < len(text):
        end = text.find(";", at)
        end = len(text) if end < 0 else end
        quote = text.find('"', at, end)
        if quote < 0 or not text[at:quote].rstrip().endswith("="):
            yield text[at:end], None
            at = end + 1
            continue
        quoted, after = _quoted_string(text, quote + 1)
        yield text[at:quote], quoted
        following = text.find(";", after)
        # A missing semicolon after the quotation mark: the next parameter starts right here.
        rest = text[after:following] if following >= 0 else text[after:]
        at = after if "=" in rest else (following + 1 if following >= 0 else len(text))


def _quoted_string(text: str, at: int) -> tuple[str, int]:
    """Read up to the closing quotation mark, or to the end where it is missing."""
    start, pieces = at, []
    while at < len(text) and text[at] != '"':
        if text[at] == "\\" and text[at + 1 : at + 2] in ('"', "\\"):
            pieces.append(text[start:at])
            start = at = at + 1
        at += 1
    pieces.append(text[start:at])
    return "".join(pieces), at + 1


def _parameter(pieces: list[tuple[int, bool, str]]) -> str:
    """Join the sections in their order; a plain and an extended form of one name may stand side by side."""
    extended = [piece for piece in pieces if piece[1]]
    numbered = [piece for piece in pieces if piece[0]]
    chosen = pieces if numbered else (extended or pieces)[:1]
    chosen = sorted(chosen, key=lambda piece: piece[0])
    if not any(is_extended for _, is_extended, _ in chosen):
        return one_line(decode_words("".join(content for _, _, content in chosen)))
    charset, content = "", b""
    for position, (_, is_extended, value) in enumerate(chosen):
        if is_extended and position == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        content += unquote_to_bytes(value) if is_extended else value.encode("utf-8")
    return one_line(decode_words(decode(content, charset)[0]))
