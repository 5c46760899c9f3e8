"""Undo the transfer encodings of mail bodies, also where they are damaged or not what the label says."""

import base64
import binascii
import re

_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}[ \t]*")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SPACES = b" \t\r\n\0\x0b\x0c"
_UU_BEGIN = re.compile(r"(?m)^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,200})\n")
_UU_LINE = re.compile(r"[ -`]{1,90}\Z")
MAX_UU_FILES = 100


def decode_transfer(body: bytes, encoding: str, is_text: bool, defects: set[str]) -> bytes:
    """Return the bytes a body stands for; an encoding that was only claimed is left alone."""
    name = re.split(r"[;\s(]", encoding.strip().strip("\"'").lower())[0]
    if name == "base64":
        return _from_base64(body, is_text, defects)
    if name in ("quoted-printable", "quoted_printable", "qp"):
        return binascii.a2b_qp(body)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        files = take_out_uuencoded(body.decode("latin-1").replace("\r\n", "\n"))[1]
        return files[0][1] if files else body
    if name not in ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"):
        defects.add("transfer_encoding_unknown")
    return body


def take_out_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Take files written into the text between `begin` and `end` out of it, each with its name."""
    pieces: list[str] = []
    files: list[tuple[str, bytes]] = []
    at = 0
    while len(files) < MAX_UU_FILES and (begin := _UU_BEGIN.search(text, at)):
        content, end = _uu_lines(text, begin.end())
        if end is None:
            pieces.append(text[at : begin.end()])
            at = begin.end()
            continue
        pieces.append(text[at : begin.start()])
        files.append((begin[1].strip(), content))
        at = end
    return "".join((*pieces, text[at:])), files


def _uu_lines(text: str, at: int) -> tuple[bytes, int | None]:
    """Decode line by line; None where the block turns out to be ordinary text."""
    content: list[bytes] = []
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        if line == "end":
            return b"".join(content), min(stop + 1, len(text))
        if line and not _UU_LINE.match(line):
            return b"", None
        try:
            content.append(binascii.a2b_uu(line.encode("ascii")))
        except binascii.Error:
            return b"", None
        at = stop + 1
    return b"", None


def _from_base64(body: bytes, is_text: bool, defects: set[str]) -> bytes:
    letters = body.translate(None, _SPACES)
    if re.fullmatch(rb"[A-Za-z0-9+/=]*", letters):
        if len(letters.rstrip(b"=")) % 4 == 1 or len(letters) % 4:
            defects.add("base64_broken")
        return _pieces(letters)
    defects.add("base64_broken")
    head, tail = _leading_base64(body)
    if not head:
        strange = len(_NOT_BASE64.findall(letters.replace(b"=", b"")))
        return body if strange * 20 > len(letters) else _pieces(letters)
    if is_text and tail.strip() and (b"=" in head[-4:] or tail[:2].strip(b"\r\n") == b""):
        # A mailing list or a virus scanner wrote its footer behind the encoded text.
        return _pieces(head) + b"\n" + tail.lstrip(b"\r\n")
    return _pieces(letters)


def _leading_base64(body: bytes) -> tuple[bytes, bytes]:
    """Part a body after its last unbroken line of base64."""
    at = len(body) - len(body.lstrip(_SPACES))
    start = at
    for line in body[at:].splitlines(keepends=True):
        bare = line.rstrip(b"\r\n")
        if not _BASE64_LINE.fullmatch(bare) or (b" " in bare.strip()):
            break
        at += len(line)
        if b"=" in bare:
            break
    return body[start:at].translate(None, _SPACES), body[at:]


def _pieces(letters: bytes) -> bytes:
    """Decode what may be several encoded pieces written one after another, each with its own padding."""
    return b"".join(_piece(piece) for piece in letters.split(b"=") if piece)


def _piece(letters: bytes) -> bytes:
    letters = _NOT_BASE64.sub(b"", letters)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
